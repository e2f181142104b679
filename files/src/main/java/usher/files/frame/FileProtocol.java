package usher.files.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import usher.files.FileLibrary;
import usher.files.Secret;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;

/// The file protocol, version 1, over a stream: `docs/protocols/files.md`.
///
/// Limits: a message has at most 2,048 bytes; a `PUT` has a chunk of 256 KiB while it is received.
/// Timeouts: `idle` between requests, `head` for a message, `bodyRate` for the bytes of a `PUT`.
public final class FileProtocol implements Protocol {
  /// The name and version that both sides say.
  public static final String GREETING = "HELLO usher-files 1";

  private final FileLibrary library;
  private final Optional<Secret> token;

  private FileProtocol(FileLibrary library, Optional<Secret> token) {
    this.library = library;
    this.token = token;
  }

  /// Serves a library to all who come.
  public static FileProtocol of(FileLibrary library) {
    return new FileProtocol(library, Optional.empty());
  }

  /// Serves a library to those who know a secret.
  ///
  /// @throws IllegalArgumentException if it is empty or has spaces
  public static FileProtocol of(FileLibrary library, String token) {
    if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("a token has no spaces, and is not empty");
    }
    return new FileProtocol(library, Optional.of(new Secret(token)));
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Session open(Opening opening) {
    return new FileSession(library, token, opening);
  }

  @Override
  public ByteBuffer busy() {
    return ByteBuffer.wrap(Frame.of("ERROR busy too many clients; try again later"));
  }
}
