package usher.cli.control;

import java.time.Instant;
import usher.cli.admin.Health;
import usher.cli.serving.Takeover;
import usher.server.Server;

/// A server that runs, as its control socket sees it.
///
/// @param what the command and what it serves
/// @param since when it began
/// @param health what its health checks answer
/// @param takeover starts the next run
/// @param stop asks it to end, as a signal does
public record Running(
    Server server, String what, Instant since, Health health, Takeover takeover, Runnable stop) {}
