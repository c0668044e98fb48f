package io.chatcluster.crds.v1alpha1;

/** Algorithms of RFC 7518 and RFC 8037 by which a token may be signed, with asymmetric keys only. */
public enum SignatureAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA
}
