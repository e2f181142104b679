package usher.cli.console;

/// How a word stands out on a terminal that shows colours.
public enum Style {
  STRONG("1"),
  QUIET("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /// The text in this style.
  String paint(String text) {
    return "\033[" + code + "m" + text + "\033[0m";
  }
}
