namespace Actors.Hocon.Syntax;

/// <summary>Include statements answered by the caller's callback.</summary>
internal static class CallbackIncludes
{
    public static IncludeResolver For(HoconIncludeCallbackAsync callback) => (statement, _) =>
        callback(statement.Type, statement.Name)?.GetAwaiter().GetResult() is { } text
            ? new IncludedText($"{statement.Type} {statement.Name}", statement.Name, text)
            : null;
}
