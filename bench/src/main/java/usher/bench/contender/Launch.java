package usher.bench.contender;

import java.nio.file.Path;

/// The particulars of one start, which a contender's command line is made from.
///
/// @param port where to listen, at 127.0.0.1
/// @param connections the most connections there will be at a time
/// @param folder what is served below `/static/`
/// @param work an empty folder for files of the server's own
public record Launch(int port, int connections, Path folder, Path work) {}
