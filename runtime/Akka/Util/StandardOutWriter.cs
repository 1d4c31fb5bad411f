namespace Akka.Util;

/// <summary>Writes to standard output, a line at a time, coloured where the console can show colours.</summary>
public static class StandardOutWriter
{
    private static readonly Lock Gate = new();

    public static void Write(string message, ConsoleColor? foregroundColor = null, ConsoleColor? backgroundColor = null) =>
        WriteColored(message, foregroundColor, backgroundColor, endLine: false);

    public static void WriteLine(string message, ConsoleColor? foregroundColor = null, ConsoleColor? backgroundColor = null) =>
        WriteColored(message, foregroundColor, backgroundColor, endLine: true);

    private static void WriteColored(string message, ConsoleColor? foreground, ConsoleColor? background, bool endLine)
    {
        // The lock keeps the colour of one writer off the text of another.
        lock (Gate)
        {
            var colored = (foreground.HasValue || background.HasValue) && !Console.IsOutputRedirected;
            if (colored)
            {
                if (foreground.HasValue)
                    Console.ForegroundColor = foreground.Value;
                if (background.HasValue)
                    Console.BackgroundColor = background.Value;
            }

            try
            {
                if (endLine)
                    Console.WriteLine(message);
                else
                    Console.Write(message);
            }
            finally
            {
                if (colored)
                    Console.ResetColor();
            }
        }
    }
}
