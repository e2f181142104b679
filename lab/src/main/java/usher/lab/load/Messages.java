package usher.lab.load;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What passes between the generator and who started it: a line of JSON each. Plans go in; out come
/// progress and failures, each as the only member of an object, and reports as they are.
final class Messages {
  private static final String PROGRESS = "progress";
  private static final String FAILURE = "failure";

  private final JsonMapper json = JsonMapper.builder().build();

  /// What comes out of a generator.
  sealed interface Word {
    /// It is alive, and so far.
    record OnItsWay(Progress progress) implements Word {}

    /// It is done.
    record Done(LoadReport report) implements Word {}

    /// It could not carry out the plan; it waits for the next.
    record Failed(String why) implements Word {}
  }

  private record ProgressLine(Progress progress) {}

  private record FailureLine(String failure) {}

  String line(LoadPlan plan) {
    return json.writeValueAsString(plan);
  }

  LoadPlan plan(String line) {
    return json.readValue(line, LoadPlan.class);
  }

  String line(Word word) {
    return json.writeValueAsString(
        switch (word) {
          case Word.OnItsWay(Progress progress) -> new ProgressLine(progress);
          case Word.Done(LoadReport report) -> report;
          case Word.Failed(String why) -> new FailureLine(why);
        });
  }

  Word word(String line) {
    JsonNode tree = json.readTree(line);
    if (tree.has(PROGRESS)) {
      return new Word.OnItsWay(json.treeToValue(tree.get(PROGRESS), Progress.class));
    }
    if (tree.has(FAILURE)) {
      return new Word.Failed(tree.get(FAILURE).asString());
    }
    return new Word.Done(json.treeToValue(tree, LoadReport.class));
  }
}
