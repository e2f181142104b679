package usher.files.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.RequestBody;
import usher.http.ResponseBody;
import usher.http.Routed;

/// The door of a folder, asked without a wire.
record Door(HttpHandler handler) {
  static final FolderRules WRITABLE = FolderRules.USUAL.withWriting();

  static Door of(Path folder, FolderRules library, FilesSite.Rules rules) {
    try {
      return new Door(FilesSite.of(FolderLibrary.open(folder, library), rules));
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  /// One that does all.
  static Door of(Path folder) {
    return of(folder, WRITABLE, FilesSite.Rules.USUAL.withDeletion());
  }

  /// An answer, read to its end.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(HttpResponse response, byte[] body) {
    int status() {
      return response.status();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return Objects.requireNonNull(response.headers().first(name), () -> "no " + name);
    }

    boolean has(String name) {
      return response.headers().has(name);
    }
  }

  Reply get(String target, String... headers) {
    return ask("GET", target, null, headers);
  }

  Reply put(String target, String body, String... headers) {
    return ask("PUT", target, body, headers);
  }

  /// @param body null for none
  Reply ask(
      String method,
      String target,
      @org.jspecify.annotations.Nullable String body,
      String... headers) {
    HttpRequest request = HttpRequest.of(method, target, headers);
    if (body != null) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      request = request.withHeader("Content-Length", String.valueOf(bytes.length));
      request = request.withHeader("Host", "door.example");
      return ask(request, RequestBody.of(bytes));
    }
    return ask(request.withHeader("Host", "door.example"), RequestBody.empty());
  }

  private Reply ask(HttpRequest head, RequestBody body) {
    try {
      Routed routed = handler.route(head);
      HttpHandler leaf = routed.handler();
      if (body.length() > 0 && leaf.wantsBody() && body.length() > leaf.bodyLimit(0)) {
        throw new HttpException(413, "as the session does");
      }
      return read(
          leaf.handle(routed.request().withBody(leaf.wantsBody() ? body : RequestBody.empty())),
          head.method().equals("HEAD"));
    } catch (HttpException refusal) {
      HttpResponse page =
          HttpResponse.text(String.valueOf(refusal.getMessage())).withStatus(refusal.status());
      for (var field : refusal.headers()) {
        page = page.header(field.name(), field.value());
      }
      return read(page, false);
    } catch (RuntimeException thrown) {
      throw thrown;
    } catch (Exception thrown) {
      throw new AssertionError(thrown);
    }
  }

  private static Reply read(HttpResponse response, boolean headOnly) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      if (!headOnly) {
        read(response.body(), bytes);
      }
      response.body().close();
      return new Reply(response, bytes.toByteArray());
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  private static void read(ResponseBody body, ByteArrayOutputStream into) throws IOException {
    switch (body) {
      case ResponseBody.Empty _ -> {}
      case ResponseBody.Bytes(ByteBuffer bytes) -> {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(bytes.position(), all);
        into.writeBytes(all);
      }
      case ResponseBody.FileRegion region -> {
        ByteBuffer all = ByteBuffer.allocate((int) region.length());
        int read = region.file().read(all, region.offset());
        if (read != region.length() && region.length() > 0) {
          throw new AssertionError("a short file");
        }
        into.writeBytes(all.array());
      }
      case ResponseBody.Sequence(var parts) -> {
        for (ResponseBody part : parts) {
          read(part, into);
        }
      }
      case ResponseBody.Source source -> throw new AssertionError("not expected: " + source);
    }
  }
}
