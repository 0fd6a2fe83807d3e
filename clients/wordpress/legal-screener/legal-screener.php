<?php
/**
 * Plugin Name:       Legal Screener
 * Description:       Shows screeners of a site: guided legal questions whose answers stay in the visitor’s browser. By a block, a shortcode, or the pasted address.
 * Version:           0.2.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           BSD-3-Clause
 * License URI:       https://opensource.org/license/bsd-3-clause
 * Text Domain:       legal-screener
 * Domain Path:       /languages
 *
 * The licence is compatible with the GPL, as WordPress asks of plugins.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

const OPTION  = 'legal_screener';
const VERSION = '0.2.0';
const FILE    = __FILE__;

require __DIR__ . '/includes/site.php';
require __DIR__ . '/includes/scripts.php';
require __DIR__ . '/includes/screener.php';
require __DIR__ . '/includes/oembed.php';
if ( is_admin() ) {
	require __DIR__ . '/includes/settings.php';
}

add_action( 'init', __NAMESPACE__ . '\load_translations', 1 );

/** Every Spanish of WordPress reads the one translation. */
function load_translations() {
	add_filter( 'plugin_locale', __NAMESPACE__ . '\pick_locale', 10, 2 );
	load_plugin_textdomain( 'legal-screener', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	remove_filter( 'plugin_locale', __NAMESPACE__ . '\pick_locale' );
}

/**
 * @param string $locale Such as `es_MX`.
 * @param string $domain Whose texts are loaded.
 * @return string
 */
function pick_locale( $locale, $domain ) {
	return 'legal-screener' === $domain && 0 === strpos( $locale, 'es_' ) ? 'es_ES' : $locale;
}
