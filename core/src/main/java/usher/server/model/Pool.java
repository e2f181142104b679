package usher.server.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import usher.server.driver.House;

/// A fixed number of platform threads, and a bounded queue before them. Who waits there is counted.
/// Thread-safe.
final class Pool {
  private final House house;
  private final ThreadPoolExecutor threads;

  Pool(House house, String name, int size) {
    this.house = house;
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(house.limits().queue()),
            Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  /// Queues a service. False if there is no room for it.
  boolean offer(Runnable service) {
    boolean queued = false;
    house.queue();
    try {
      threads.execute(new Turn(house, service));
      queued = true;
    } catch (RejectedExecutionException full) {
      // Or ended.
    } finally {
      if (!queued) {
        house.dequeue();
      }
    }
    return queued;
  }

  private record Turn(House house, Runnable service) implements Runnable {
    @Override
    public void run() {
      house.dequeue();
      service.run();
    }
  }

  /// Takes no more. Who waits still has a turn, and finds that the server has ended.
  void end() {
    threads.shutdown();
  }

  /// Those who wait have their turns here and now, since the threads may be held.
  void runRest() {
    List<Runnable> waiting = new ArrayList<>();
    threads.getQueue().drainTo(waiting);
    waiting.forEach(Runnable::run);
  }
}
