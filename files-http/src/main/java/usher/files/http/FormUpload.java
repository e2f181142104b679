package usher.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.Upload;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Takes the files of a form, each at its name; all else in the form is passed over. No file is
/// replaced: `409`. Files before the one that is refused are stored by then.
record FormUpload(FileLibrary library) {
  private static final int CHUNK = 64 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);

  /// `POST`: back to the page for a browser, else `201` with what was stored.
  HttpResponse post(HttpRequest request) throws IOException {
    String type = request.header("Content-Type");
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
        || !boundary.find()) {
      throw new HttpException(415, "files come in a form, as multipart/form-data, or by PUT");
    }
    String text = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
    List<FileEntry> stored;
    try (Intake intake = new Intake(library)) {
      Multipart form = new Multipart(text, intake);
      InputStream body = request.body().stream();
      byte[] chunk = new byte[CHUNK];
      for (int read; (read = body.read(chunk)) >= 0; ) {
        form.feed(ByteBuffer.wrap(chunk, 0, read));
      }
      form.end();
      stored = intake.stored;
    } catch (IllegalArgumentException malformed) {
      throw new HttpException(400, String.valueOf(malformed.getMessage()), malformed);
    }
    if (stored.isEmpty()) {
      throw new HttpException(400, "there is no file in this form");
    }
    String accept = request.headers().joined("Accept");
    if (accept != null && accept.contains("text/html")) {
      return HttpResponse.redirect(303, "./");
    }
    StringBuilder json = new StringBuilder("{\"files\":");
    Catalogue.files(json, stored);
    return Catalogue.json(201, json.append("}\n"));
  }

  /// What a form brings.
  private static final class Intake implements Multipart.Parts, AutoCloseable {
    private final FileLibrary library;
    private final List<FileEntry> stored = new ArrayList<>();
    private @Nullable Upload upload;

    Intake(FileLibrary library) {
      this.library = library;
    }

    @Override
    public void begin(PartHead head) {
      Optional<String> filename = head.filename().filter(name -> !name.isEmpty());
      if (filename.isPresent()) {
        FileName name = Places.storable(new FileName(filename.get()));
        upload = library.store(new Deposit(name, Deposit.UNKNOWN, Optional.empty(), true));
      }
    }

    @Override
    public void data(ByteBuffer bytes) {
      Upload current = upload;
      if (current != null) {
        current.write(bytes);
      }
    }

    @Override
    public void end() {
      Upload current = upload;
      if (current != null) {
        stored.add(current.commit());
        close();
      }
    }

    @Override
    public void close() {
      Upload current = upload;
      upload = null;
      if (current != null) {
        current.close();
      }
    }
  }
}
