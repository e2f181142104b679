package usher.session;

import java.time.InstantSource;

/// What a session is told at its start.
///
/// @param peer who is at the other end
/// @param limits what one connection may cost
/// @param timeouts how long a peer may take
/// @param wall the wall clock, for what is shown to people and peers (an HTTP `Date`); deadlines
///   use the monotonic time that each call brings along
public record Opening(Peer peer, Limits limits, Timeouts timeouts, InstantSource wall) {}
