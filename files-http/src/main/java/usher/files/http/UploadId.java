package usher.files.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.http.HttpException;

/// The name of an upload in its address: all that was announced, behind a word that cannot be
/// guessed. So nothing needs to be remembered between requests, by whichever process of this server
/// they are answered. One that was made up leads nowhere, since nothing is kept for it.
///
/// ```
///   32 digits of a random UUID, then in base64 for URLs: size ' ' (SHA-256 or '-') ' ' name
/// ```
record UploadId(Deposit deposit) {
  private static final int TICKET = 32;

  /// A new one, for a file that replaces none.
  static UploadId of(FileName name, long size, Optional<Checksum> checksum) {
    String ticket = UUID.randomUUID().toString().replace("-", "");
    return new UploadId(new Deposit(name, size, checksum, true, Optional.of(ticket)));
  }

  /// Reads one.
  ///
  /// @throws HttpException `404`
  static UploadId parse(String text) {
    try {
      if (text.length() > TICKET) {
        byte[] rest = Base64.getUrlDecoder().decode(text.substring(TICKET));
        String[] words = new String(rest, StandardCharsets.UTF_8).split(" ", 3);
        if (words.length == 3) {
          Optional<Checksum> checksum =
              words[1].equals("-") ? Optional.empty() : Optional.of(new Checksum(words[1]));
          return new UploadId(
              new Deposit(
                  new FileName(words[2]),
                  Long.parseLong(words[0]),
                  checksum,
                  true,
                  Optional.of(text.substring(0, TICKET))));
        }
      }
    } catch (IllegalArgumentException | LibraryException broken) {
      // As one of which nothing is known.
    }
    throw new HttpException(404, "there is no such upload");
  }

  @Override
  public String toString() {
    String all =
        deposit.size()
            + " "
            + deposit.checksum().map(Checksum::hex).orElse("-")
            + " "
            + deposit.name();
    return deposit.ticket().orElse("")
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(all.getBytes(StandardCharsets.UTF_8));
  }
}
