package usher.http.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.InstantSource;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// A file that somebody has opened, as the answer to one `GET` or `HEAD`: with validators,
/// conditions and ranges, as those of a [Site] have them, but from no folder of ours and without a
/// cache or other encodings.
///
/// @param file belongs to the answer, and is closed with it or, where none needs it, at once
/// @param length its bytes
/// @param type its media type
public record Download(FileChannel file, long length, String type, Version version) {
  /// The answer: `200`, `206` or `304`.
  ///
  /// @throws HttpException `412` and `416`
  public HttpResponse answer(HttpRequest request) throws IOException {
    try (SharedFile shared = new SharedFile(file)) {
      Representation only =
          new Representation(
              type,
              Encoding.IDENTITY,
              false,
              version.validators(),
              new Content.OnDisk(shared, length),
              new Representation.Policy("no-cache"));
      HttpResponse answer =
          new Responder(InstantSource.system(), Site::boundary).answer(only, request);
      if (answer == null) {
        throw new AssertionError("a file is closed whose lease is ours");
      }
      return answer;
    }
  }
}
