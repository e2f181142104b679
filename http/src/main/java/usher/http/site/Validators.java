package usher.http.site;

import java.time.Instant;

/// What tells one version of a representation from another (RFC 9110, 8.8).
///
/// @param tag its entity tag
/// @param modified when it changed, in whole seconds
/// @param settled whether its bytes cannot have changed twice within that second, which makes the
///   date a strong validator (RFC 9110, 8.8.2.2)
record Validators(EntityTag tag, Instant modified, boolean settled) {}
