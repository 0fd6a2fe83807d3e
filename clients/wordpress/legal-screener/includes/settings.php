<?php
/**
 * Settings > Legal Screener: the address of the site, and whether it answers.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

const PAGE = 'legal-screener';
const TEST = 'legal_screener_test';

add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );
add_action( 'admin_init', __NAMESPACE__ . '\register_option' );
add_action( 'admin_post_' . TEST, __NAMESPACE__ . '\test_connection' );
add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\add_link' );

/** The page, for whoever may change settings. */
function add_page() {
	$title = __( 'Legal Screener', 'legal-screener' );
	add_options_page( $title, $title, 'manage_options', PAGE, __NAMESPACE__ . '\render_page' );
}

/** The one option. */
function register_option() {
	register_setting(
		PAGE,
		OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_option',
			'default'           => array( 'site' => '' ),
		)
	);
}

/**
 * An address that can be none leaves what was there.
 *
 * @param mixed $value What was sent.
 * @return array
 */
function sanitize_option( $value ) {
	$typed = is_array( $value ) && isset( $value['site'] ) && is_string( $value['site'] ) ? trim( $value['site'] ) : '';
	$site  = normalize_site( $typed );
	if ( '' === $site && '' !== $typed ) {
		add_settings_error(
			OPTION,
			'legal_screener_site',
			__( 'This address was not saved. It begins with https:// and names a site, such as https://law.example. Only a site on this computer may begin with http://.', 'legal-screener' )
		);
		$site = site();
	}
	return array( 'site' => $site );
}

/**
 * @param string[] $links Of the plugin, in the list of plugins.
 * @return string[]
 */
function add_link( $links ) {
	$link = sprintf( '<a href="%s">%s</a>', esc_url( page_url() ), esc_html__( 'Settings', 'legal-screener' ) );
	return array_merge( array( $link ), $links );
}

/** @return string */
function page_url() {
	return admin_url( 'options-general.php?page=' . PAGE );
}

/** Asks the site for its screeners, and goes back to the page, which shows the answer once. */
function test_connection() {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You are not allowed to do this.', 'legal-screener' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( TEST );
	$site  = site();
	$found = '' === $site ? new \WP_Error( 'legal_screener_site', __( 'The address of the site with the screeners is not set yet.', 'legal-screener' ) ) : fetch_screeners( $site );
	$told  = is_wp_error( $found ) ? array( 'error' => $found->get_error_message() ) : array( 'screeners' => $found );
	set_transient( transient_name(), $told, MINUTE_IN_SECONDS );
	wp_safe_redirect( page_url() );
	exit;
}

/** @return string Each user has an answer of their own. */
function transient_name() {
	return 'legal_screener_test_' . get_current_user_id();
}

/** The page. WordPress itself shows what was saved or refused, above it. */
function render_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$told = get_transient( transient_name() );
	delete_transient( transient_name() );
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Legal Screener', 'legal-screener' ); ?></h1>
		<?php render_told( $told ); ?>
		<form action="options.php" method="post">
			<?php settings_fields( PAGE ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row">
						<label for="legal-screener-site"><?php esc_html_e( 'Address of the site with the screeners', 'legal-screener' ); ?></label>
					</th>
					<td>
						<input type="url" class="regular-text code" id="legal-screener-site"
							name="<?php echo esc_attr( OPTION ); ?>[site]" value="<?php echo esc_attr( site() ); ?>"
							placeholder="https://law.example" aria-describedby="legal-screener-site-help">
						<p class="description" id="legal-screener-site-help">
							<?php esc_html_e( 'Its questions and its script are shown in your pages. Enter only a site that you trust.', 'legal-screener' ); ?>
						</p>
					</td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
		<?php if ( '' !== site() ) : ?>
			<h2><?php esc_html_e( 'Screeners of this site', 'legal-screener' ); ?></h2>
			<form action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" method="post">
				<input type="hidden" name="action" value="<?php echo esc_attr( TEST ); ?>">
				<?php wp_nonce_field( TEST ); ?>
				<?php submit_button( __( 'Test connection', 'legal-screener' ), 'secondary', 'test' ); ?>
			</form>
			<h2><?php esc_html_e( 'How to show one', 'legal-screener' ); ?></h2>
			<ul class="ul-disc">
				<li><?php esc_html_e( 'In the editor, add the block “Legal screener” and choose one.', 'legal-screener' ); ?></li>
				<li><?php esc_html_e( 'Or paste the address of the screener’s page on a line of its own.', 'legal-screener' ); ?></li>
				<li>
					<?php
					/* translators: %s: a shortcode. */
					printf( esc_html__( 'Or write the shortcode %s.', 'legal-screener' ), '<code>[legal_screener key="KEY" locale="es"]</code>' );
					?>
				</li>
			</ul>
		<?php endif; ?>
	</div>
	<?php
}

/**
 * What the site answered when it was asked.
 *
 * @param array|false $told `error`, or `screeners`.
 */
function render_told( $told ) {
	if ( ! is_array( $told ) ) {
		return;
	}
	if ( isset( $told['error'] ) ) {
		printf(
			'<div class="notice notice-error" role="alert"><p><strong>%s</strong> %s</p></div>',
			esc_html__( 'The site cannot be reached.', 'legal-screener' ),
			esc_html( $told['error'] )
		);
		return;
	}
	$count = count( $told['screeners'] );
	/* translators: %d: how many screeners the site has. */
	$text = sprintf( _n( 'The site answers. It has %d screener.', 'The site answers. It has %d screeners.', $count, 'legal-screener' ), $count );
	echo '<div class="notice notice-success" role="status"><p>' . esc_html( $text ) . '</p><ul>';
	foreach ( $told['screeners'] as $one ) {
		printf( '<li>%s <code>[legal_screener key="%s"]</code></li>', esc_html( $one['title'] ), esc_html( $one['key'] ) );
	}
	echo '</ul></div>';
}
