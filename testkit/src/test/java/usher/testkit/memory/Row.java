package usher.testkit.memory;

import java.util.List;

/// A behaviour that a real and an in-memory network share: a script and the transcript that it must
/// give on both.
record Row(String name, Script script, List<String> transcript) {
  @FunctionalInterface
  interface Script {
    void play(Stage stage) throws Exception;
  }

  static Row row(String name, Script script, String... transcript) {
    return new Row(name, script, List.of(transcript));
  }

  @Override
  public String toString() {
    return name;
  }
}
