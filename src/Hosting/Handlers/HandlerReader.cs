using System.Reflection;
using System.Runtime.Loader;
using Actors.Hosting.Configuration;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Handlers;

/// <summary>Makes the props of a handler from its section.</summary>
internal static class HandlerReader
{
    /// <param name="section">The handler's section.</param>
    /// <param name="output">Where it prints.</param>
    /// <param name="handlerTimeout">The time in which a reply role expects an answer; null in other roles.</param>
    /// <param name="inject">Makes a handler from its class; null makes it by its constructor without parameters.</param>
    /// <returns>Null when the section has mistakes, which are noted in it.</returns>
    public static Props? Read(Section section, TextWriter output, TimeSpan? handlerTimeout = null, Func<Type, Props>? inject = null)
    {
        var type = section.Get<string>(Keys.HandlerType);
        if (type.Length == 0) return null;
        if (!HandlerKinds.BuiltIn.Contains(type) && !type.Contains('.', StringComparison.Ordinal) && !section.Has(Keys.Assembly))
        {
            section.Fault(Keys.HandlerType.Name, $"is \"{type}\"{Nearest.Hint(type, HandlerKinds.BuiltIn)}: expected {string.Join(", ", HandlerKinds.BuiltIn)}, or an actor class \"Namespace.Class, Assembly\"");
            return null;
        }
        var keys = HandlerKinds.KeysOf(type);
        section.Allow(keys, HandlerKinds.BuiltIn.Contains(type) ? $"a handler of type {type}" : "an actor class");
        var printer = Printer(section, keys.FirstOrDefault(key => key.Name == Keys.HandlerPrint.Name), output);
        switch (type)
        {
            case "echo":
                return Props.Create(() => new EchoHandler(printer)).WithDispatcher(PrintingHandler.Dispatcher);
            case "constant":
                var texts = section.Get<IReadOnlyList<string>>(Keys.ConstantText);
                if (texts.Count == 0) return null;
                var answer = Message.FromText([.. texts]);
                return Props.Create(() => new ConstantHandler(printer, answer)).WithDispatcher(PrintingHandler.Dispatcher);
            case "console":
                return Props.Create(() => new ConsoleHandler(printer)).WithDispatcher(PrintingHandler.Dispatcher);
            case "exec":
                var command = section.Get<IReadOnlyList<string>>(Keys.Command);
                var timeout = section.Timeout(Keys.CommandTimeout, TimeSpan.FromMilliseconds(1));
                if (command.Count > 0 && ProgramFile.Fault(command) is { } fault) section.Fault(Keys.Command.Name, fault);
                if (command.Count == 0) return null;
                return Props.Create(() => new ExecHandler(printer, command, timeout, handlerTimeout)).WithDispatcher(PrintingHandler.Dispatcher);
            default:
                return ActorClass(section, type, inject);
        }
    }

    /// <summary>The printer of the section's line; <paramref name="key"/> gives its default.</summary>
    public static MessagePrinter Printer(Section section, Key? key, TextWriter output)
    {
        if (key is null) return new MessagePrinter(output, null);
        var template = section.Has(key) || key.Default is not null ? section.Get<string>(key) : null;
        if (template is not null && LineTemplate.Fault(template) is { } fault) section.Fault(key.Name, fault);
        return new MessagePrinter(output, template);
    }

    private static Props? ActorClass(Section section, string name, Func<Type, Props>? inject)
    {
        Type? type;
        try
        {
            type = section.Has(Keys.Assembly)
                ? AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(section.Get<string>(Keys.Assembly))).GetType(name.Split(',')[0].Trim())
                : Type.GetType(name);
        }
        catch (Exception cause) when (cause is IOException or BadImageFormatException or TypeLoadException or ArgumentException or UnauthorizedAccessException or NotSupportedException)
        {
            section.Fault(section.Has(Keys.Assembly) ? Keys.Assembly.Name : Keys.HandlerType.Name, $"cannot be loaded: {cause.Message.ReplaceLineEndings(" ")}");
            return null;
        }
        if (type is null)
        {
            section.Fault(Keys.HandlerType.Name, $"\"{name}\" does not exist: expected {string.Join(", ", HandlerKinds.BuiltIn)}, or an actor class \"Namespace.Class, Assembly\"");
            return null;
        }
        if (!typeof(ActorBase).IsAssignableFrom(type) || type.IsAbstract || type.ContainsGenericParameters)
        {
            section.Fault(Keys.HandlerType.Name, $"\"{name}\" is not an actor class: expected a class derived from {nameof(ActorBase)}");
            return null;
        }
        if (inject is not null) return inject(type);
        if (type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []) is null)
        {
            section.Fault(Keys.HandlerType.Name, $"\"{name}\" has no constructor without parameters");
            return null;
        }
        return Props.Create(type);
    }
}
