package usher.files.frame;

import java.util.Optional;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileName;

/// What a client asks for.
sealed interface Request {
  record Files() implements Request {}

  record Stat(FileName name) implements Request {}

  record Fetch(long offset, FileName name) implements Request {}

  record Store(Deposit deposit) implements Request {}

  record Quit() implements Request {}

  /// The longest number: all files together would not have so many bytes.
  int DIGITS = 18;

  /// Reads a message.
  ///
  /// @throws FrameException if it is none of these
  /// @throws usher.files.LibraryException if the name cannot be one
  static Request of(String text) throws FrameException {
    String[] verb = text.split(" ", 2);
    String rest = verb.length == 2 ? verb[1] : "";
    return switch (verb[0]) {
      case "LIST" -> alone(new Files(), rest);
      case "QUIT" -> alone(new Quit(), rest);
      case "STAT" -> new Stat(new FileName(rest));
      case "GET" -> {
        String[] words = words(rest, 2);
        yield new Fetch(number(words[0]), new FileName(words[1]));
      }
      case "PUT" -> {
        String[] words = words(rest, 4);
        long size = number(words[0]);
        boolean absent =
            switch (words[2]) {
              case "replace" -> false;
              case "absent" -> true;
              default -> throw new FrameException("PUT says replace or absent");
            };
        Optional<Checksum> checksum = checksum(words[1]);
        yield new Store(new Deposit(new FileName(words[3]), size, checksum, absent));
      }
      default -> throw new FrameException("there is no such request");
    };
  }

  private static Request alone(Request request, String rest) throws FrameException {
    if (!rest.isEmpty()) {
      throw new FrameException("LIST and QUIT stand alone");
    }
    return request;
  }

  private static String[] words(String text, int count) throws FrameException {
    String[] words = text.split(" ", count);
    if (words.length < count) {
      throw new FrameException("words are missing");
    }
    return words;
  }

  private static long number(String text) throws FrameException {
    if (text.isEmpty()
        || text.length() > DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new FrameException("a number has 1 to " + DIGITS + " digits");
    }
    return Long.parseLong(text);
  }

  private static Optional<Checksum> checksum(String text) throws FrameException {
    if (text.equals("-")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Checksum(text));
    } catch (IllegalArgumentException wrong) {
      throw new FrameException("a checksum has 64 hexadecimal digits");
    }
  }
}
