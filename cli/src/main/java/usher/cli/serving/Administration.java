package usher.cli.serving;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a running server is looked after.
///
/// @param control the control socket, or null for the usual one
/// @param closed whether there is none
/// @param notice how long clients are still let in once the server is asked to stop, while its
///   readiness check says that it wants none
/// @param level from which on is logged, or null for what the environment says
/// @param configured whether a file of options was named, which is read again when `HUP` comes
public record Administration(
    @Nullable Path control,
    boolean closed,
    Duration notice,
    System.Logger.@Nullable Level level,
    boolean configured) {}
