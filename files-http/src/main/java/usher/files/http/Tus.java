package usher.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.Upload;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Uploads that can be resumed, by tus 1.0 (https://tus.io/protocols/resumable-upload) with the
/// extensions creation, checksum (sha1, sha256) and termination.
///
/// ```
///   POST ──201──► at 0 ──PATCH 204──► at n ──PATCH 204──► at its size: stored under its name
///                   └──── DELETE 204 ───┴──► gone (HEAD, PATCH: 404)
/// ```
///
/// - The metadata must have a `filename`, and may have `sha256`, as 64 digits, which all of the
///   file must come to then.
/// - No file is replaced: `403`, by the creation or by the last `PATCH`. (A `409` would have
///   clients try again.)
/// - The offset grows by whole requests: a `PATCH` that is cut brings nothing. Clients on unsteady
///   lines send pieces.
/// - An upload that nobody goes on with is kept for as long as the library keeps such, at least
///   ([usher.files.disk.FolderRules#keep]); then it is `404`.
/// - Two at once for one upload: `423` for the second.
///
/// It remembers nothing itself: see [UploadId].
record Tus(FileLibrary library, long most) {
  private static final String VERSION = "1.0.0";
  private static final String BODY = "application/offset+octet-stream";
  private static final int CHECKSUM_MISMATCH = 460;

  /// What a handler here does once the version is right.
  private interface Action {
    HttpResponse run() throws IOException;
  }

  /// `OPTIONS`: what this server can do.
  HttpResponse options(HttpRequest request) {
    return HttpResponse.status(204)
        .header("Tus-Resumable", VERSION)
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", "creation,checksum,termination")
        .header("Tus-Checksum-Algorithm", "sha1,sha256")
        .header("Tus-Max-Size", Long.toString(most));
  }

  /// `POST`: a new upload.
  HttpResponse create(HttpRequest request) throws IOException {
    return checked(
        request,
        () -> {
          long size = number(request, "Upload-Length");
          if (size > most) {
            throw new HttpException(413, "a file may have " + most + " bytes at most");
          }
          Map<String, String> metadata = metadata(request.headers().joined("Upload-Metadata"));
          String filename = metadata.getOrDefault("filename", metadata.get("name"));
          if (filename == null) {
            throw new HttpException(400, "Upload-Metadata has no filename");
          }
          FileName name = Places.storable(new FileName(filename));
          UploadId id = UploadId.of(name, size, sha256(metadata.get("sha256")));
          try (Upload upload = library.store(id.deposit())) {
            if (size == 0) {
              upload.commit();
            }
          } catch (LibraryException refused) {
            forgetIfThere(id, refused);
            throw refused;
          }
          String raw = request.target().raw();
          int query = raw.indexOf('?');
          String here = query < 0 ? raw : raw.substring(0, query);
          return HttpResponse.status(201).header("Location", here + "/" + id);
        });
  }

  /// `HEAD`: how far it is.
  HttpResponse state(HttpRequest request) throws IOException {
    return checked(
        request,
        () -> {
          UploadId id = UploadId.parse(request.parameter("id"));
          byte[] name = id.deposit().name().text().getBytes(StandardCharsets.UTF_8);
          return HttpResponse.status(200)
              .header("Upload-Offset", Long.toString(kept(id)))
              .header("Upload-Length", Long.toString(id.deposit().size()))
              .header("Upload-Metadata", "filename " + Base64.getEncoder().encodeToString(name))
              .header("Cache-Control", "no-store")
              .header("Content-Length", "0");
        });
  }

  /// `PATCH`: the next bytes of it.
  HttpResponse append(HttpRequest request) throws IOException {
    return checked(
        request,
        () -> {
          UploadId id = UploadId.parse(request.parameter("id"));
          if (!BODY.equalsIgnoreCase(request.header("Content-Type"))) {
            throw new HttpException(415, "bytes come as " + BODY);
          }
          long offset = number(request, "Upload-Offset");
          long length = request.body().length();
          kept(id);
          try (Upload upload = library.store(id.deposit())) {
            if (upload.offset() != offset) {
              throw new HttpException(409, "the upload is at " + upload.offset());
            }
            if (length > id.deposit().size() - offset) {
              throw new HttpException(400, "there are more bytes than were announced");
            }
            verify(request);
            Writing.copy(request.body().stream(), upload);
            if (upload.offset() == id.deposit().size()) {
              upload.commit();
            }
            return HttpResponse.status(204).header("Upload-Offset", Long.toString(upload.offset()));
          } catch (LibraryException refused) {
            forgetIfThere(id, refused);
            throw locked(refused);
          }
        });
  }

  /// `DELETE`: it is not wanted any more.
  HttpResponse end(HttpRequest request) throws IOException {
    return checked(
        request,
        () -> {
          UploadId id = UploadId.parse(request.parameter("id"));
          kept(id);
          try {
            library.forget(id.deposit());
          } catch (LibraryException refused) {
            throw locked(refused);
          }
          return HttpResponse.status(204);
        });
  }

  /// An upload whose file is there by now, from elsewhere, leads nowhere.
  private void forgetIfThere(UploadId id, LibraryException refused) {
    if (refused.code() == Code.EXISTS) {
      library.forget(id.deposit());
    }
  }

  /// Somebody else is at this very upload, or there are too many: both pass.
  private static RuntimeException locked(LibraryException refused) {
    return refused.code() == Code.BUSY
        ? new HttpException(423, String.valueOf(refused.getMessage()), refused)
        : refused;
  }

  private static HttpResponse checked(HttpRequest request, Action action) throws IOException {
    if (!VERSION.equals(request.header("Tus-Resumable"))) {
      throw new HttpException(412, "this is tus " + VERSION + "; the request needs Tus-Resumable")
          .withHeader("Tus-Resumable", VERSION)
          .withHeader("Tus-Version", VERSION);
    }
    try {
      return action.run().header("Tus-Resumable", VERSION);
    } catch (HttpException refusal) {
      throw refusal.withHeader("Tus-Resumable", VERSION);
    } catch (LibraryException refused) {
      if (refused.code() == Code.EXISTS) {
        throw new HttpException(403, String.valueOf(refused.getMessage()), refused)
            .withHeader("Tus-Resumable", VERSION);
      }
      throw refused;
    }
  }

  private long kept(UploadId id) {
    return library
        .kept(id.deposit())
        .orElseThrow(() -> new HttpException(404, "there is no such upload, or no longer"));
  }

  private static long number(HttpRequest request, String field) {
    String text = request.header(field);
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw new HttpException(400, "the request needs " + field + ", a number of bytes");
    }
    return Long.parseLong(text);
  }

  private static Optional<Checksum> sha256(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(new Checksum(text));
    } catch (IllegalArgumentException broken) {
      throw new HttpException(400, "sha256 has 64 hexadecimal digits", broken);
    }
  }

  /// Reads `key base64, key base64`; a key may come without a value.
  private static Map<String, String> metadata(@Nullable String field) {
    Map<String, String> metadata = new TreeMap<>();
    for (String pair : field == null ? new String[0] : field.split(",", -1)) {
      String[] words = pair.strip().split(" +", 2);
      try {
        byte[] value = Base64.getDecoder().decode(words.length == 2 ? words[1] : "");
        metadata.put(words[0], new String(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException broken) {
        throw new HttpException(400, "Upload-Metadata has values in base64", broken);
      }
    }
    return metadata;
  }

  /// Checks the bytes of a request against its `Upload-Checksum`, before any of them is stored.
  private static void verify(HttpRequest request) throws IOException {
    String field = request.header("Upload-Checksum");
    if (field == null) {
      return;
    }
    String[] words = field.split(" ", 2);
    MessageDigest digest = digest(words[0]);
    byte[] wanted;
    try {
      wanted = Base64.getDecoder().decode(words.length == 2 ? words[1] : "");
    } catch (IllegalArgumentException broken) {
      throw new HttpException(400, "Upload-Checksum has its value in base64", broken);
    }
    InputStream body = request.body().stream();
    byte[] chunk = new byte[64 * 1024];
    for (int read; (read = body.read(chunk)) >= 0; ) {
      digest.update(chunk, 0, read);
    }
    if (!MessageDigest.isEqual(digest.digest(), wanted)) {
      throw new HttpException(CHECKSUM_MISMATCH, "the bytes are not those of Upload-Checksum");
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return switch (algorithm) {
        case "sha1" -> MessageDigest.getInstance("SHA-1");
        case "sha256" -> MessageDigest.getInstance("SHA-256");
        default -> throw new HttpException(400, "checksums here are sha1 and sha256");
      };
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-1 and SHA-256", impossible);
    }
  }
}
