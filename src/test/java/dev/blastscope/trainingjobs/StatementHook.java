package dev.blastscope.trainingjobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets something else happen just before a service's next statement of some text. */
final class StatementHook implements BeanPostProcessor {

    private final AtomicReference<@Nullable Hook> next = new AtomicReference<>();

    /** @param action is run once, on the thread that is about to execute the statement */
    void before(String sql, Runnable action) {
        next.set(new Hook(sql, action));
    }

    boolean isPending() {
        return next.get() != null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? new Source(source) : bean;
    }

    private void reach(String sql) {
        Hook hook = next.get();
        if (hook != null && sql.contains(hook.sql()) && next.compareAndSet(hook, null)) {
            hook.action().run();
        }
    }

    private record Hook(String sql, Runnable action) {}

    private final class Source extends DelegatingDataSource {

        Source(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            reach(String.valueOf(arguments[0]));
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
