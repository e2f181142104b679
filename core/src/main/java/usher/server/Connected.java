package usher.server;

import java.time.Duration;

/// A connection as it was seen a moment ago, from the outside: a part may be out of date.
///
/// @param remote the client's address
/// @param local the server's own that it reached
/// @param model the model that serves it
/// @param age since it was accepted
/// @param does what it is at: a request that is handled, `waiting`, `sending`, `closing`, or
///   `elsewhere` where another process serves it and does not tell
/// @param bytesIn that came from the client; 0 where another process serves it
/// @param bytesOut that the system took for the client; 0 where another process serves it
public record Connected(
    String remote,
    String local,
    Model model,
    Duration age,
    String does,
    long bytesIn,
    long bytesOut) {}
