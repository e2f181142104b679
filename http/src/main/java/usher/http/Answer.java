package usher.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.http.wire.HeadWriter;
import usher.http.wire.Status;
import usher.session.ProtocolException;
import usher.session.Step;

/// A response while it is sent: its head, then the parts of its body, one step at a time. A part
/// that is a source is a [Pulling].
final class Answer {
  /// A body up to this size is copied behind its head, which costs less than a step of its own.
  private static final int SMALL = 1_024;

  private final ResponseBody body;
  private final boolean closes;
  private final boolean chunked;
  private @Nullable ByteBuffer head;
  private @Nullable ResponseBody part;
  private List<ResponseBody> rest = List.of();
  private int next;

  /// The source that is being pulled.
  private @Nullable Pulling pulling;

  private Answer(
      ResponseBody body, ResponseBody sent, ByteBuffer head, boolean closes, boolean chunked) {
    this.body = body;
    this.head = head;
    this.closes = closes;
    this.chunked = chunked;
    if (sent instanceof ResponseBody.Sequence sequence) {
      this.rest = flat(sequence, new ArrayList<>());
    } else {
      this.part = sent;
    }
  }

  private static List<ResponseBody> flat(ResponseBody.Sequence from, List<ResponseBody> to) {
    for (ResponseBody part : from.parts()) {
      if (part instanceof ResponseBody.Sequence inner) {
        flat(inner, to);
      } else {
        to.add(part);
      }
    }
    return to;
  }

  /// The answer that this response becomes.
  ///
  /// @param headOnly whether the method was `HEAD`
  /// @param latest whether the client knows HTTP/1.1
  /// @param keepAlive whether the connection may go on
  static Answer of(
      Terms terms, HttpResponse response, boolean headOnly, boolean latest, boolean keepAlive) {
    ResponseBody body = response.body();
    int status = response.status();
    long length = body.length();
    boolean bodiless = Status.bodiless(status);
    boolean silent = headOnly || bodiless || status == 205;
    if (!silent) {
      check(body, length);
    }
    FieldLines fields = response.fields().lines();
    boolean closes = !keepAlive || fields.closes || (length < 0 && !silent && !latest);
    boolean small = !silent && length <= SMALL && body instanceof ResponseBody.Bytes;
    var writer = new HeadWriter(status, fields.lines.length + (small ? (int) length : 0));
    if (!fields.dated) {
      writer.bytes(terms.date());
    }
    if (!fields.named) {
      writer.bytes(terms.server());
    }
    writer.bytes(fields.lines);
    boolean chunked = false;
    if (status == 205) {
      writer.contentLength(0);
    } else if (bodiless || (headOnly && body == ResponseBody.Empty.EMPTY)) {
      // What GET would have: only the handler can know (RFC 9110, 8.6).
      if (fields.claimed >= 0 && status != 204) {
        writer.contentLength(fields.claimed);
      }
    } else if (length >= 0) {
      writer.contentLength(length);
    } else if (latest && !headOnly) {
      chunked = true;
      writer.chunked();
    }
    if (closes) {
      writer.close();
    } else if (!latest) {
      writer.keepAlive();
    }
    writer.end();
    if (small && body instanceof ResponseBody.Bytes bytes) {
      writer.body(bytes.bytes());
    }
    ResponseBody sent = silent || small ? ResponseBody.Empty.EMPTY : body;
    return new Answer(body, sent, writer.written(), closes, chunked);
  }

  private static void check(ResponseBody body, long length) {
    if (length < ResponseBody.UNKNOWN) {
      throw ProtocolException.ours("a body of " + length + " bytes");
    }
    if (body instanceof ResponseBody.Source source && source.kind() == Step.Kind.ASYNC) {
      throw ProtocolException.ours("a source is pulled INLINE or BLOCKING, not ASYNC");
    }
  }

  /// The body, to be closed at the end.
  ResponseBody body() {
    return body;
  }

  /// Whether the connection ends after this answer.
  boolean closes() {
    return closes;
  }

  /// What to send next, or null: at the end, or while [#pulling] wants to be pulled first.
  @Nullable Step next() {
    ByteBuffer first = head;
    if (first != null) {
      head = null;
      return new Step.Write(first);
    }
    while (true) {
      switch (part) {
        case null -> {
          if (next == rest.size()) {
            return null;
          }
          part = rest.get(next++);
        }
        case ResponseBody.Bytes bytes -> {
          part = null;
          if (bytes.bytes().hasRemaining()) {
            return new Step.Write(bytes.bytes().duplicate());
          }
        }
        case ResponseBody.FileRegion region -> {
          part = null;
          if (region.length() > 0) {
            return new Step.SendFile(region.file(), region.offset(), region.length());
          }
        }
        case ResponseBody.Source source -> {
          Pulling current = pulling;
          if (current == null) {
            current = new Pulling(source, chunked);
            pulling = current;
          }
          ByteBuffer ready = current.ready();
          if (ready != null) {
            return new Step.Write(ready);
          }
          if (!current.done()) {
            return null;
          }
          pulling = null;
          part = null;
        }
        default -> part = null;
      }
    }
  }

  /// The source that has to be pulled before anything more can be sent.
  @Nullable Pulling pulling() {
    return pulling;
  }
}
