package usher.testkit.drive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A conversation written down for people and run as a test. A Markdown file holds several, one
/// below each heading of the second level; fenced blocks are its acts:
/// - `client`: bytes that the peer sends;
/// - `server STATE`: all bytes that the session sends in return, and how the connection then
///   stands: `open`, `closed`, `lingered`, `aborted`, `failed`;
/// - `event`: one of `time N ms`, `end` (the peer shuts its side), `drain`, `release` (a held call
///   runs), `lose`;
/// - `limits`, `timeouts`: settings for this conversation, one `name value` a line.
///
/// In the bytes, line ends of the file count for nothing; what is sent is written out: `\r`, `\n`,
/// `\t`, `\0`, `\\`, `\xHH`, `\*N{text}` for a text N times over, and `\2{text}` for a text behind
/// its length in two bytes. Bytes are ISO 8859-1.
///
/// @param title the heading
/// @param line where it begins in the file
public record Transcript(String title, int line, List<Act> acts, Map<String, Long> settings) {
  /// One block.
  public sealed interface Act {
    /// What the peer sends, as ISO 8859-1.
    record Client(String text) implements Act {
      /// What the peer sends.
      public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
      }
    }

    /// What the session answers.
    record Server(String text, Rehearsal.End state) implements Act {}

    /// What happens besides.
    record Event(String name, Duration time) implements Act {}
  }

  /// All transcripts of the Markdown files in a folder, by file name and title.
  public static Map<String, Transcript> in(Path folder) throws IOException {
    var all = new LinkedHashMap<String, Transcript>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        for (Transcript transcript : parse(Files.readAllLines(file))) {
          if (!transcript.acts.isEmpty()) {
            all.put(file.getFileName() + ": " + transcript.title, transcript);
          }
        }
      }
    }
    return all;
  }

  /// The transcripts of one file.
  public static List<Transcript> parse(List<String> lines) {
    var transcripts = new ArrayList<Transcript>();
    Transcript current = new Transcript("", 1, new ArrayList<>(), new LinkedHashMap<>());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("## ")) {
        transcripts.add(current);
        current =
            new Transcript(line.substring(3), i + 1, new ArrayList<>(), new LinkedHashMap<>());
      } else if (line.startsWith("```")) {
        int start = i + 1;
        do {
          i++;
          if (i == lines.size()) {
            throw new IllegalArgumentException("line " + start + ": a block without an end");
          }
        } while (!lines.get(i).equals("```"));
        try {
          current.add(line.substring(3).trim(), lines.subList(start, i));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + start + ": " + e.getMessage(), e);
        }
      }
    }
    transcripts.add(current);
    return transcripts;
  }

  private void add(String kind, List<String> lines) {
    String[] words = kind.split(" ", -1);
    switch (words[0]) {
      case "client" -> acts.add(new Act.Client(text(lines)));
      case "server" ->
          acts.add(new Act.Server(text(lines), state(words.length == 2 ? words[1] : "")));
      case "event" -> {
        String[] event = lines.get(0).split(" ", -1);
        acts.add(
            new Act.Event(
                event[0],
                event.length == 1 ? Duration.ZERO : Duration.ofMillis(Long.parseLong(event[1]))));
      }
      case "limits", "timeouts" -> {
        for (String line : lines) {
          String[] pair = line.split(" ", -1);
          settings.put(pair[0], Long.parseLong(pair[1]));
        }
      }
      default -> throw new IllegalArgumentException("no such block: " + kind);
    }
  }

  private static String text(List<String> lines) {
    return new String(bytes(String.join("", lines)), StandardCharsets.ISO_8859_1);
  }

  private static Rehearsal.End state(String word) {
    return switch (word) {
      case "open" -> Rehearsal.End.NONE;
      case "closed" -> Rehearsal.End.CLOSED;
      case "lingered" -> Rehearsal.End.LINGERED;
      case "aborted" -> Rehearsal.End.ABORTED;
      case "failed" -> Rehearsal.End.FAILED;
      default -> throw new IllegalArgumentException("no such state: " + word);
    };
  }

  /// The bytes that a text with escapes stands for.
  public static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        bytes.write(c);
        continue;
      }
      switch (text.charAt(i++)) {
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case '0' -> bytes.write(0);
        case '\\' -> bytes.write('\\');
        case 'x' -> {
          bytes.write(Integer.parseInt(text.substring(i, i + 2), 16));
          i += 2;
        }
        case '2' -> {
          int close = text.indexOf('}', i);
          byte[] framed = bytes(text.substring(i + 1, close));
          bytes.write(framed.length >> 8);
          bytes.write(framed.length);
          bytes.writeBytes(framed);
          i = close + 1;
        }
        case '*' -> {
          int open = text.indexOf('{', i);
          int close = text.indexOf('}', open);
          byte[] repeated = bytes(text.substring(open + 1, close));
          for (int n = Integer.parseInt(text.substring(i, open)); n > 0; n--) {
            bytes.writeBytes(repeated);
          }
          i = close + 1;
        }
        default -> throw new IllegalArgumentException("no such escape: \\" + text.charAt(i - 1));
      }
    }
    return bytes.toByteArray();
  }

  /// A text with what cannot be seen made visible, a line of the text on each line.
  public static String shown(String text) {
    var shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> shown.append("\\r");
        case '\n' -> shown.append("\\n\n");
        case '\t' -> shown.append("\\t");
        case '\\' -> shown.append("\\\\");
        default -> {
          if (c >= ' ' && c <= '~') {
            shown.append(c);
          } else {
            shown.append(String.format("\\x%02x", (int) c));
          }
        }
      }
    }
    return shown.toString();
  }
}
