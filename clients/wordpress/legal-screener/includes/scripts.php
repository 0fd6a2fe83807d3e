<?php
/**
 * The scripts of the site: the element’s, and the one that gives frames their height. A page
 * gets one only where it shows a screener that needs it.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

const SCRIPTS = array(
	'legal-screener'       => 'screener.js',
	'legal-screener-frame' => 'frame.js',
);

add_action( 'init', __NAMESPACE__ . '\register_scripts' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\make_module', 10, 2 );

/** The site itself keeps them fresh, so no version is added. */
function register_scripts() {
	$site = site();
	if ( '' !== $site ) {
		foreach ( SCRIPTS as $handle => $file ) {
			// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
			wp_register_script( $handle, "$site/embed/v1/$file", array(), null, true );
		}
	}
}

/**
 * Both are modules, which WordPress knew no way to say before its version 6.5.
 *
 * @param string $tag    HTML.
 * @param string $handle Of the script.
 * @return string
 */
function make_module( $tag, $handle ) {
	if ( ! isset( SCRIPTS[ $handle ] ) ) {
		return $tag;
	}
	$tag = preg_replace( '/ type=([\'"]).*?\1/', '', $tag );
	return preg_replace( '/<script(?= )/', '<script type="module"', $tag );
}
