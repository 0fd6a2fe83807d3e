<?php
/**
 * The pasted address of a screener. WordPress puts what it does not know into a sandbox in
 * which nobody can leave, print or save; here it learns that the site is to be trusted.
 *
 * @package LegalScreener
 */

namespace LegalScreener;

defined( 'ABSPATH' ) || exit;

add_action( 'init', __NAMESPACE__ . '\register_provider' );
add_filter( 'http_request_host_is_external', __NAMESPACE__ . '\allow_host', 10, 3 );
add_filter( 'http_allowed_safe_ports', __NAMESPACE__ . '\allow_port', 10, 3 );
add_filter( 'embed_oembed_html', __NAMESPACE__ . '\finish_frame', 10, 2 );

/** The site, as a provider of oEmbed. */
function register_provider() {
	$site = site();
	if ( '' !== $site ) {
		wp_oembed_add_provider( address_pattern( $site ), "$site/embed/v1/oembed", true );
	}
}

/**
 * A pattern for all addresses of a site.
 *
 * @param string $site Its address.
 * @return string
 */
function address_pattern( $site ) {
	$beside = preg_quote( preg_replace( '~^https?://~', '', $site ), '#' );
	return "#^https?://$beside/.+#i";
}

/**
 * WordPress asks no address inside its own network, nor at another port than the usual ones,
 * but the site in the settings may be there.
 *
 * @param bool   $allowed Whether it is asked.
 * @param string $host    Whom.
 * @param string $url     What.
 * @return bool
 */
function allow_host( $allowed, $host, $url ) {
	return $allowed || is_endpoint( $url );
}

/**
 * @param int[]  $ports Those that are asked.
 * @param string $host  Whom.
 * @param string $url   What.
 * @return int[]
 */
function allow_port( $ports, $host, $url ) {
	return is_endpoint( $url ) ? array_merge( $ports, array( (int) wp_parse_url( $url, PHP_URL_PORT ) ) ) : $ports;
}

/**
 * @param string $url An address.
 * @return bool Whether it is the one of oEmbed of the site in the settings.
 */
function is_endpoint( $url ) {
	$site = site();
	return '' !== $site && 0 === strpos( $url, "$site/embed/v1/oembed?" );
}

/**
 * Brings the script that gives the frame its height, and takes the sandbox from what
 * WordPress kept since before this plugin was there.
 *
 * @param string|false $html What is shown.
 * @param string       $url  What was pasted.
 * @return string|false
 */
function finish_frame( $html, $url ) {
	$site = site();
	if ( '' === $site || ! is_string( $html ) || ! preg_match( address_pattern( $site ), $url ) ) {
		return $html;
	}
	if ( false === strpos( $html, 'src="' . esc_url( "$site/embed/v1/" ) ) ) {
		return $html;
	}
	if ( is_feed() ) {
		return sprintf( '<a href="%1$s">%1$s</a>', esc_url( $url ) );
	}
	wp_enqueue_script( 'legal-screener-frame' );
	return preg_replace( '/ (?:sandbox|security)="[^"]*"/', '', $html );
}
