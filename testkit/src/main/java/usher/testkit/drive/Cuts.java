package usher.testkit.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The ways to cut bytes into pieces, as lists of places for [Rehearsal#send(byte[], List)].
public final class Cuts {
  private Cuts() {}

  /// No cut, every single byte alone, and every cut in two.
  public static List<List<Integer>> all(int length) {
    var ways = new ArrayList<List<Integer>>();
    ways.add(List.of());
    ways.add(each(length));
    for (int i = 1; i < length; i++) {
      ways.add(List.of(i));
    }
    return ways;
  }

  /// Every single byte alone.
  public static List<Integer> each(int length) {
    var cuts = new ArrayList<Integer>();
    for (int i = 1; i < length; i++) {
      cuts.add(i);
    }
    return cuts;
  }

  /// Up to `most` cuts at random places.
  public static List<Integer> random(Trials.Dice dice, int length, int most) {
    var cuts = new TreeSet<Integer>();
    if (length > 1) {
      for (int i = dice.between(1, most); i > 0; i--) {
        cuts.add(dice.between(1, length - 1));
      }
    }
    return List.copyOf(cuts);
  }
}
