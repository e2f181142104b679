package usher.lab.load;

/// Requests that are due and have no connection yet, the oldest first. Bounded; allocates nothing
/// once it is made.
final class WaitingRoom {
  private final long[] due;
  private final int[] shape;
  private int first;
  private int count;

  WaitingRoom(int seats) {
    this.due = new long[seats];
    this.shape = new int[seats];
  }

  /// Whether there was room.
  boolean enter(long at, int kind) {
    if (count == due.length) {
      return false;
    }
    int place = (first + count) % due.length;
    due[place] = at;
    shape[place] = kind;
    count++;
    return true;
  }

  boolean empty() {
    return count == 0;
  }

  /// When the oldest was due.
  long due() {
    return due[first];
  }

  int shape() {
    return shape[first];
  }

  void leave() {
    first = (first + 1) % due.length;
    count--;
  }
}
