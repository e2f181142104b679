package usher.http.site;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.http.HttpResponse;
import usher.http.ResponseBody;

/// Answers with parts of a representation (RFC 9110, 15.3.7): one as it is, several as
/// `multipart/byteranges` (14.6).
final class PartialContent {
  private PartialContent() {}

  /// A `206`, or null where the file of the content has been closed meanwhile.
  ///
  /// @param whole the `200` whose headers count for the parts as well
  static @Nullable HttpResponse of(
      HttpResponse whole,
      String type,
      Content content,
      long size,
      List<ByteRange> ranges,
      String boundary) {
    FileChannel channel = null;
    Closeable lease = null;
    SharedFile file = content.file();
    if (file != null) {
      channel = file.channel();
      lease = file.lease();
      if (lease == null) {
        return null;
      }
    }
    HttpResponse partial = whole.withStatus(206);
    if (ranges.size() == 1) {
      ByteRange range = ranges.getFirst();
      return partial
          .header("Content-Range", range.contentRange(size))
          .withBody(part(content, channel, range, lease));
    }
    var parts = new ArrayList<ResponseBody>(2 * ranges.size() + 1);
    for (int i = 0; i < ranges.size(); i++) {
      ByteRange range = ranges.get(i);
      parts.add(
          text(
              (i == 0 ? "" : "\r\n")
                  + ("--" + boundary + "\r\n")
                  + ("Content-Type: " + type + "\r\n")
                  + ("Content-Range: " + range.contentRange(size) + "\r\n\r\n")));
      // One lease serves all parts: the last one, closed last, holds it.
      parts.add(part(content, channel, range, i == ranges.size() - 1 ? lease : null));
    }
    parts.add(text("\r\n--" + boundary + "--\r\n"));
    return partial
        .header("Content-Type", "multipart/byteranges; boundary=" + boundary)
        .withBody(new ResponseBody.Sequence(parts));
  }

  private static ResponseBody part(
      Content content, @Nullable FileChannel channel, ByteRange range, @Nullable Closeable lease) {
    if (content instanceof Content.Memory(ByteBuffer bytes)) {
      return Content.memory(bytes.slice((int) range.first(), (int) range.length()));
    }
    if (channel == null) {
      throw new AssertionError("content of neither memory nor file: " + content);
    }
    return new ResponseBody.FileRegion(channel, range.first(), range.length(), lease);
  }

  private static ResponseBody text(String text) {
    return new ResponseBody.Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
