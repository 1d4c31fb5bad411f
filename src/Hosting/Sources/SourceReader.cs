using System.Text;
using Actors.Hosting.Configuration;
using Actors.Hosting.Handlers;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Sources;

/// <summary>Makes the props of a source from its section.</summary>
internal static class SourceReader
{
    // To read a line by itself costs a task, which is more than all the rest.
    private const int LinesAtOnce = 256;

    /// <param name="section">The source's section.</param>
    /// <param name="output">Where it prints.</param>
    /// <param name="expectsReplies">Whether each message ends in an answer.</param>
    /// <param name="replyHandler">Is told the answers.</param>
    /// <returns>The props, given the role; null when the section has mistakes, which are noted in it.</returns>
    public static Func<IActorRef, Props>? Read(Section section, TextWriter output, bool expectsReplies, Props? replyHandler)
    {
        if (!section.Has(Keys.SourceType))
        {
            if (!section.IsOfWrongType) section.Fault(Keys.SourceType.Name, $"is missing: expected {Keys.SourceType.Type.Expected}");
            return null;
        }
        var kind = section.Get<SourceKind>(Keys.SourceType);
        section.Allow(SourceKinds.KeysOf(kind), $"a source of type {SourceKinds.Words.First(known => known.Kind == kind).Word}");
        var printer = HandlerReader.Printer(section, Keys.SourcePrint, output);
        SourceSettings For(IActorRef role, string? name = null) => new(role, printer, replyHandler, expectsReplies, name);
        switch (kind)
        {
            case SourceKind.Ticker:
                var texts = section.Get<IReadOnlyList<string>>(Keys.TickerText);
                var interval = section.Timeout(Keys.TickerInterval, TimeSpan.FromMilliseconds(1));
                var count = section.Within(Keys.TickerCount, 0, int.MaxValue);
                if (texts.Count == 0) return null;
                var message = Message.FromText([.. texts]);
                return role =>
                {
                    var settings = For(role, "ticker");
                    return Props.Create(() => new Ticker(settings, message, interval, count, TimeProvider.System)).WithDispatcher(PrintingHandler.Dispatcher);
                };
            case SourceKind.Stdin:
                return Lines(role => For(role), () => Console.In, section, most: 1);
            default:
                var path = section.Get<string>(Keys.LinesPath);
                if (path.Length > 0 && PathFault(path) is { } fault) section.Fault(Keys.LinesPath.Name, fault);
                if (path.Length == 0) return null;
                return Lines(role => For(role, $"lines of {Path.GetFullPath(path)}"), () => new StreamReader(path, Encoding.UTF8), section, MostLines(path));
        }
    }

    /// <summary>A pipe may have its next line later, and has no length.</summary>
    private static int MostLines(string path) => File.Exists(path) && new FileInfo(path).Length > 0 ? LinesAtOnce : 1;

    private static string? PathFault(string path)
    {
        if (Directory.Exists(path)) return $"\"{path}\" is a folder: expected a file";
        if (!File.Exists(path)) return $"there is no file \"{path}\"";
        try
        {
            // Opening a pipe would wait for its writer.
            if (new FileInfo(path).Length > 0) File.OpenRead(path).Dispose();
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {cause.Message}";
        }
    }

    private static Func<IActorRef, Props> Lines(Func<IActorRef, SourceSettings> settingsFor, Func<TextReader> open, Section section, int most)
    {
        var separator = section.Has(Keys.LineSeparator) ? section.Get<string>(Keys.LineSeparator) : null;
        if (separator is "") section.Fault(Keys.LineSeparator.Name, "is empty: expected at least one character");
        return role =>
        {
            var settings = settingsFor(role);
            return Props.Create(() => new LineSource(settings, open, separator, most)).WithDispatcher(PrintingHandler.Dispatcher);
        };
    }
}
