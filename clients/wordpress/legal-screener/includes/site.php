<?php
/**
 * The site with the screeners: its address, and what it says.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

/** What a key of a screener and a language may be. */
const KEY_PATTERN    = '/^[A-Za-z0-9_-]{1,100}\z/';
const LOCALE_PATTERN = '/^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*\z/';

/**
 * The address of the site, without a slash at its end; '' where none is set.
 *
 * @return string
 */
function site() {
	$option = get_option( OPTION );
	return is_array( $option ) && isset( $option['site'] ) ? normalize_site( $option['site'] ) : '';
}

/**
 * An address as it is kept; '' for what can be none. It is https, but for a site on this
 * machine, and holds nothing that leads elsewhere.
 *
 * @param mixed $value What was typed.
 * @return string
 */
function normalize_site( $value ) {
	$value = is_string( $value ) ? rtrim( trim( $value ), '/' ) : '';
	$label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
	$host  = "(?:$label\.)+$label|localhost";
	$path  = '(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)*';
	if ( ! preg_match( "~^(https?)://($host)(:[0-9]{1,5})?($path)$~i", $value, $parts ) ) {
		return '';
	}
	list( , $scheme, $name ) = $parts;
	$local = in_array( strtolower( $name ), array( 'localhost', '127.0.0.1' ), true );
	if ( 'https' !== strtolower( $scheme ) && ! $local ) {
		return '';
	}
	$at = strpos( $value, '/', strlen( $scheme ) + 3 );
	return false === $at ? strtolower( $value ) : strtolower( substr( $value, 0, $at ) ) . substr( $value, $at );
}

/**
 * The public screeners of a site.
 *
 * @param string $site Its address.
 * @return array[]|\WP_Error Each with `key`, `title`, `locales` and more.
 */
function fetch_screeners( $site ) {
	$response = wp_remote_get(
		$site . '/api/v1/screeners/',
		array(
			'timeout'             => 10,
			'redirection'         => 0,
			'limit_response_size' => MB_IN_BYTES,
			'headers'             => array( 'Accept' => 'application/json' ),
		)
	);
	if ( is_wp_error( $response ) ) {
		return $response;
	}
	$status = wp_remote_retrieve_response_code( $response );
	if ( 200 !== $status ) {
		/* translators: %d: a status of HTTP, such as 404. */
		return new \WP_Error( 'legal_screener_status', sprintf( __( 'It answered with status %d.', 'legal-screener' ), $status ) );
	}
	$found = json_decode( wp_remote_retrieve_body( $response ), true );
	$known = is_array( $found ) ? array_filter( $found, __NAMESPACE__ . '\is_screener' ) : array();
	if ( ! is_array( $found ) || count( $known ) !== count( $found ) ) {
		return new \WP_Error( 'legal_screener_answer', __( 'It answered, but not with a list of screeners.', 'legal-screener' ) );
	}
	return array_values( $known );
}

/**
 * @param mixed $one Of the answer.
 * @return bool
 */
function is_screener( $one ) {
	return is_array( $one ) && isset( $one['key'], $one['title'] )
		&& is_string( $one['title'] ) && is_string( $one['key'] ) && preg_match( KEY_PATTERN, $one['key'] );
}
