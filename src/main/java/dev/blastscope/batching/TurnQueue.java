package dev.blastscope.batching;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A queue that serves one item of each caller in turn, so that a caller with many items does not delay one with a
 * single item. Callers with one item each are served in the order of their arrival. Not thread-safe.
 */
final class TurnQueue<E> {

    private final Deque<Deque<E>> callers = new ArrayDeque<>();
    private int size;

    void add(Collection<E> items) {
        if (!items.isEmpty()) {
            callers.addLast(new ArrayDeque<>(items));
            size += items.size();
        }
    }

    /** Removes the next item; the queue must not be empty. */
    E next() {
        Deque<E> caller = callers.removeFirst();
        E item = caller.removeFirst();
        if (!caller.isEmpty()) {
            callers.addLast(caller);
        }
        size--;
        return item;
    }

    void removeIf(Predicate<E> unwanted) {
        callers.removeIf(caller -> {
            size -= caller.size();
            caller.removeIf(unwanted);
            size += caller.size();
            return caller.isEmpty();
        });
    }

    /**
     * Removes some items, the latest callers' first, until there are no more than {@code most} or none may go.
     *
     * @param mayGo asked of the next item of each caller, who goes with all
     */
    void shorten(int most, Predicate<E> mayGo, Consumer<E> farewell) {
        for (Iterator<Deque<E>> latest = callers.descendingIterator(); size > most && latest.hasNext(); ) {
            Deque<E> caller = latest.next();
            if (mayGo.test(caller.element())) {
                latest.remove();
                size -= caller.size();
                caller.forEach(farewell);
            }
        }
    }

    void clear(Consumer<E> farewell) {
        callers.forEach(caller -> caller.forEach(farewell));
        callers.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
