package usher.cli.files;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import usher.cli.console.Quantity;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.files.FileEntry;

/// Files as a table for a person, or as JSON for a program.
public final class Listing {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /// By what a table is sorted.
  public enum Order {
    NAME,
    /// The largest first.
    SIZE,
    /// The latest first.
    TIME;

    private Comparator<FileEntry> comparator() {
      return switch (this) {
        case NAME -> Comparator.comparing(FileEntry::name);
        case SIZE -> Comparator.comparingLong(FileEntry::size).reversed();
        case TIME -> Comparator.comparing(FileEntry::modified).reversed();
      };
    }
  }

  private Listing() {}

  /// A line for each file: size, time, name; and how many there are.
  public static String table(List<FileEntry> files, Order order, Terminal terminal, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    files.stream()
        .sorted(order.comparator())
        .forEach(
            file ->
                text.append("%9s  ".formatted(Quantity.about(file.size())))
                    .append(terminal.onOut(Style.QUIET, time(file.modified(), zone)))
                    .append("  ")
                    .append(file.name())
                    .append('\n'));
    long bytes = files.stream().mapToLong(FileEntry::size).sum();
    String count = files.size() == 1 ? "1 file" : Quantity.count(files.size()) + " files";
    return text.append(
            terminal.onOut(Style.QUIET, "%9s  in %s".formatted(Quantity.about(bytes), count)))
        .toString();
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /// An array of objects with `name`, `size`, `modified`, and `sha256` where it is known.
  public static String json(List<FileEntry> files) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (FileEntry file : files) {
      ObjectNode object = array.addObject();
      object.put("name", file.name().text());
      object.put("size", file.size());
      object.put("modified", file.modified().truncatedTo(ChronoUnit.MILLIS).toString());
      file.checksum().ifPresent(checksum -> object.put("sha256", checksum.hex()));
    }
    return array.toPrettyString();
  }
}
