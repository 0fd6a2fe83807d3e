<?php
/**
 * A screener in a page: the block and the shortcode, which are one element.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

add_action( 'init', __NAMESPACE__ . '\register_block' );
add_shortcode( 'legal_screener', __NAMESPACE__ . '\render_shortcode' );

/** The block; what its script says comes from here, translated. */
function register_block() {
	wp_register_script(
		'legal-screener-editor',
		plugins_url( 'block/editor.js', FILE ),
		array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element' ),
		VERSION,
		true
	);
	register_block_type( dirname( FILE ) . '/block', array( 'render_callback' => __NAMESPACE__ . '\render_block' ) );
	add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\tell_editor' );
}

/** Tells the editor’s script where the site is, and its words. */
function tell_editor() {
	$told = array(
		'site'     => site(),
		'settings' => current_user_can( 'manage_options' ) ? admin_url( 'options-general.php?page=legal-screener' ) : '',
		'words'    => array(
			'title'    => __( 'Legal screener', 'legal-screener' ),
			'choose'   => __( 'Choose a screener', 'legal-screener' ),
			'screener' => __( 'Screener', 'legal-screener' ),
			'language' => __( 'Language', 'legal-screener' ),
			'page'     => __( 'That of the page', 'legal-screener' ),
			'loading'  => __( 'The list of screeners is loading.', 'legal-screener' ),
			'failed'   => __( 'The list of screeners could not be loaded. Enter the key of one:', 'legal-screener' ),
			'no_site'  => __( 'The address of the site with the screeners is not set yet.', 'legal-screener' ),
			'settings' => __( 'Settings', 'legal-screener' ),
			'gone'     => __( 'This screener is not in the list of the site.', 'legal-screener' ),
			'shown'    => __( 'Visitors see the questions here.', 'legal-screener' ),
		),
	);
	wp_add_inline_script( 'legal-screener-editor', 'window.legalScreener = ' . wp_json_encode( $told, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
}

/**
 * @param array $attributes Of the block: `key`, `title`, `locale`.
 * @return string HTML.
 */
function render_block( $attributes ) {
	$screener = render_screener( (array) $attributes );
	return '' === $screener ? '' : sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $screener );
}

/**
 * @param array|string $attributes Of the shortcode; '' where it has none.
 * @return string HTML.
 */
function render_shortcode( $attributes ) {
	$known = array(
		'key'    => '',
		'title'  => '',
		'locale' => '',
	);
	return render_screener( shortcode_atts( $known, $attributes, 'legal_screener' ) );
}

/**
 * The element, with a link to the questions for where its script does not run; in feeds,
 * which have no scripts, the link alone. What is wrong shows to whoever may edit, and no one else.
 *
 * @param array $attributes `key`, and if wanted `title` and `locale`.
 * @return string HTML.
 */
function render_screener( $attributes ) {
	$key    = isset( $attributes['key'] ) && is_string( $attributes['key'] ) ? $attributes['key'] : '';
	$title  = isset( $attributes['title'] ) && is_string( $attributes['title'] ) ? $attributes['title'] : '';
	$locale = isset( $attributes['locale'] ) && is_string( $attributes['locale'] ) ? $attributes['locale'] : '';
	$site   = site();
	if ( '' === $site ) {
		return render_problem( __( 'The address of the site with the screeners is not set yet.', 'legal-screener' ) );
	}
	if ( ! preg_match( KEY_PATTERN, $key ) ) {
		return render_problem( __( 'A screener needs the key of one.', 'legal-screener' ) );
	}
	if ( ! preg_match( LOCALE_PATTERN, $locale ) ) {
		$locale = '';
	}
	$link = sprintf(
		'<a href="%s">%s</a>',
		esc_url( "$site/screeners/$key/" ),
		esc_html( '' === $title ? __( 'Open the questions', 'legal-screener' ) : $title )
	);
	if ( is_feed() ) {
		return $link;
	}
	wp_enqueue_script( 'legal-screener' );
	return sprintf(
		'<legal-screener src="%s"%s style="display:block;min-height:640px">%s</legal-screener>',
		esc_url( "$site/api/v1/screeners/$key/" ),
		'' === $locale ? '' : ' locale="' . esc_attr( str_replace( '_', '-', $locale ) ) . '"',
		$link
	);
}

/**
 * @param string $text What is wrong.
 * @return string HTML.
 */
function render_problem( $text ) {
	return current_user_can( 'edit_posts' ) ? '<p role="note">' . esc_html( $text ) . '</p>' : '';
}
