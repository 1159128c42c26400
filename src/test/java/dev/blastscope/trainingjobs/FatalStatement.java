package dev.blastscope.trainingjobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Ends this JVM, without another instruction, just before or after a statement of some text is committed. */
final class FatalStatement implements BeanPostProcessor {

    static final int STATUS = 9;

    private final String sql;
    private final boolean committed;

    FatalStatement(String sql, boolean committed) {
        this.sql = sql;
        this.committed = committed;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? new Source(source) : bean;
    }

    private final class Source extends DelegatingDataSource {

        Source(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, new Fatal(connection)::call);
        }
    }

    /** A connection whose next commit is the last if it commits that statement. */
    private final class Fatal {

        private final Connection connection;
        private boolean pending;

        Fatal(Connection connection) {
            this.connection = connection;
        }

        Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("commit") && pending) {
                return last(connection, method, arguments);
            }
            Object result = invoke(connection, method, arguments);
            if (result instanceof PreparedStatement statement
                    && String.valueOf(arguments[0]).contains(sql)) {
                return Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        (self, called, values) -> callStatement(statement, called, values));
            }
            return result;
        }

        private Object callStatement(PreparedStatement statement, Method method, Object[] arguments) throws Throwable {
            if (method.getName().startsWith("execute")) {
                if (connection.getAutoCommit()) {
                    return last(statement, method, arguments);
                }
                pending = true;
            }
            return invoke(statement, method, arguments);
        }
    }

    private Object last(Object target, Method method, Object[] arguments) throws Throwable {
        if (committed) {
            invoke(target, method, arguments);
        }
        Runtime.getRuntime().halt(STATUS);
        throw new AssertionError("unreachable");
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
