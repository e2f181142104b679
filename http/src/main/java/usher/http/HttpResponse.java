package usher.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// A response. Immutable and cheap; the methods that change something give a copy. One whose body
/// is made of bytes may be kept and sent again.
///
/// The session adds `Date`, `Content-Length` or `Transfer-Encoding`, and `Connection`. Of the
/// headers that a handler sets:
/// - `Transfer-Encoding`, `Trailer`, `Upgrade` and `Keep-Alive` are refused, since they are the
///   server's own;
/// - `Connection` may only be `close`, which closes the connection after this response;
/// - `Content-Length` counts where no body is sent (to `HEAD`, with `304`); else the body's own
///   length is sent;
/// - `Date` replaces the server's.
public final class HttpResponse {
  private static final FieldList PLAIN = FieldList.of("Content-Type", "text/plain; charset=utf-8");
  private static final FieldList HTML = FieldList.of("Content-Type", "text/html; charset=utf-8");

  private final int status;
  private final FieldList headers;
  private final ResponseBody body;

  private HttpResponse(int status, FieldList headers, ResponseBody body) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
    }
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /// A response without a body.
  ///
  /// @param status from 200 to 599
  public static HttpResponse status(int status) {
    return new HttpResponse(status, FieldList.NONE, ResponseBody.Empty.EMPTY);
  }

  /// `200` with this plain text, in UTF-8.
  public static HttpResponse text(String text) {
    return new HttpResponse(200, PLAIN, body(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// `200` with this page, in UTF-8.
  public static HttpResponse html(String page) {
    return new HttpResponse(200, HTML, body(page.getBytes(StandardCharsets.UTF_8)));
  }

  /// `200` with these bytes, which are not copied and must not be changed any more.
  public static HttpResponse bytes(String contentType, byte[] bytes) {
    return new HttpResponse(200, FieldList.of("Content-Type", contentType), body(bytes));
  }

  /// `200` with this body.
  public static HttpResponse of(String contentType, ResponseBody body) {
    return new HttpResponse(200, FieldList.of("Content-Type", contentType), body);
  }

  /// `200` with the whole file as it is now. Opens it, so this may block.
  ///
  /// @throws IOException where there is no file, or none that can be read, or no regular one
  public static HttpResponse file(String contentType, Path path) throws IOException {
    // A pipe would block until somebody writes to it, and a folder can be opened but not read.
    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return of(contentType, new ResponseBody.FileRegion(file, 0, file.size(), file));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /// A redirect with this status to this place.
  public static HttpResponse redirect(int status, String location) {
    return status(status).header("Location", location);
  }

  private static ResponseBody body(byte[] bytes) {
    return bytes.length == 0
        ? ResponseBody.Empty.EMPTY
        : new ResponseBody.Bytes(ByteBuffer.wrap(bytes));
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// The headers that the handler has set.
  public Headers headers() {
    return headers;
  }

  FieldList fields() {
    return headers;
  }

  /// The body.
  public ResponseBody body() {
    return body;
  }

  /// This response with another status.
  public HttpResponse withStatus(int value) {
    return new HttpResponse(value, headers, body);
  }

  /// This response with this header, in place of those of the same name.
  ///
  /// @throws IllegalArgumentException where name or value may not be sent, or the header is the
  ///   server's
  public HttpResponse header(String name, String value) {
    return new HttpResponse(status, headers.with(name, value).forResponse(), body);
  }

  /// This response with one more header, such as a second `Set-Cookie`.
  ///
  /// @throws IllegalArgumentException where name or value may not be sent, or the header is the
  ///   server's
  public HttpResponse addHeader(String name, String value) {
    return new HttpResponse(status, headers.plus(name, value).forResponse(), body);
  }

  /// This response with other headers.
  ///
  /// @throws IllegalArgumentException where a header is the server's
  public HttpResponse withHeaders(Headers value) {
    return new HttpResponse(status, FieldList.copyOf(value).forResponse(), body);
  }

  /// This response with another body. The former one is not closed.
  public HttpResponse withBody(ResponseBody value) {
    return new HttpResponse(status, headers, value);
  }

  /// The status and the headers.
  @Override
  public String toString() {
    return status + "\n" + headers;
  }
}
