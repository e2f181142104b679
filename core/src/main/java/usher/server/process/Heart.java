package usher.server.process;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells the parent that this process lives: once every quarter of the time of silence, and only
/// when each loop has come back since the last time. While one does not, it tells who holds it;
/// what follows from that is the parent's to say.
final class Heart implements Runnable {
  private final Childhood childhood;
  private final Pulse pulse;
  private final long silence;

  Heart(Childhood childhood, Pulse pulse, long silence) {
    this.childhood = childhood;
    this.pulse = pulse;
    this.silence = silence;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Semaphore felt = new Semaphore(0);
        pulse.feel(felt::release);
        while (!felt.tryAcquire(pulse.loops(), silence / 2, TimeUnit.NANOSECONDS)) {
          Pulse.Grip grip = pulse.grip();
          childhood.tell(Note.Kind.HELD_UP, 0, grip.remote(), grip.stack());
        }
        childhood.tell(Note.Kind.ALIVE, 0);
        TimeUnit.NANOSECONDS.sleep(silence / 4);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
