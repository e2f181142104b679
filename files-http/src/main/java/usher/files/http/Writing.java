package usher.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.Upload;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.site.Version;

/// Stores and deletes files at their names.
final class Writing {
  private static final int CHUNK = 256 * 1024;

  private final FileLibrary library;
  private final Turns turns;

  Writing(FileLibrary library, Turns turns) {
    this.library = library;
    this.turns = turns;
  }

  /// `PUT`: `201` where there was no such file, `204` where it is replaced.
  HttpResponse put(HttpRequest request) throws IOException {
    FileName name = Places.storable(Places.name(request));
    if (!request.hasBody()) {
      throw new HttpException(411, "a file comes with its length, be it 0");
    }
    if (request.headers().has("Content-Range")) {
      throw new HttpException(400, "a part of a file cannot be stored");
    }
    if (request.headers().has("Content-Encoding")) {
      throw new HttpException(415, "a file is stored as it is, not in an encoding");
    }
    Version.require(request, Places.current(library, name));
    Optional<Checksum> checksum = Digests.announced(request.headers());
    boolean ifAbsent = "*".equals(request.headers().joined("If-None-Match"));
    Deposit deposit = new Deposit(name, request.body().length(), checksum, ifAbsent);
    boolean fresh;
    FileEntry entry;
    try (Upload upload = library.store(deposit)) {
      InputStream body = request.body().stream();
      body.skipNBytes(upload.offset());
      copy(body, upload);
      ReentrantLock turn = turns.of(name);
      turn.lock();
      try {
        @Nullable Version current = Places.current(library, name);
        Version.require(request, current);
        fresh = current == null;
        entry = upload.commit();
      } finally {
        turn.unlock();
      }
    } catch (LibraryException refused) {
      if (ifAbsent && refused.code() == LibraryException.Code.EXISTS) {
        throw new HttpException(412, String.valueOf(refused.getMessage()), refused);
      }
      throw refused;
    }
    HttpResponse answer = HttpResponse.status(fresh ? 201 : 204);
    if (fresh) {
      answer = answer.header("Location", request.target().rawPath());
    }
    answer = answer.header("ETag", "\"" + Places.version(entry).tag() + "\"");
    return entry.checksum().isPresent()
        ? answer.header(Digests.FIELD, Digests.field(entry.checksum().get()))
        : answer;
  }

  /// All that is left in a stream.
  static void copy(InputStream from, Upload to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int read; (read = from.read(chunk)) >= 0; ) {
      to.write(ByteBuffer.wrap(chunk, 0, read));
    }
  }

  /// `DELETE`: `204`.
  HttpResponse delete(HttpRequest request) {
    FileName name = Places.storable(Places.name(request));
    ReentrantLock turn = turns.of(name);
    turn.lock();
    try {
      Version.require(request, Places.current(library, name));
      library.delete(name);
    } finally {
      turn.unlock();
    }
    return HttpResponse.status(204);
  }
}
