<?php
/**
 * Removes the one option.
 *
 * @package LegalScreener
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'legal_screener' );
