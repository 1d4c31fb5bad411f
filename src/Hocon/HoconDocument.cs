using Actors.Hocon.Resolution;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>
/// HOCON files, texts and overrides that together make one tree of values. What is added later wins; objects merge.
/// Substitutions see the whole document, whichever part they stand in.
/// </summary>
/// <remarks>
/// <code>
/// var root = new HoconDocument().AddFile("server.conf").Set("server.port", "5555", "--port").ResolveObject();
/// var timeout = root.Get("server.timeout", ConfigTypes.Duration);
/// </code>
/// The HOCON specification is followed, with these limits: includes are files (<c>url(...)</c> and <c>classpath(...)</c>
/// are errors), <c>.properties</c> files are not read, and nesting, includes and substitutions are bounded, so that
/// every text ends in a value or an error.
/// </remarks>
public sealed class HoconDocument
{
    private readonly HoconOptions _options;
    private readonly IncludeLoader _includes;
    private ObjectNode? _root;
    private ArrayNode? _array;
    private ConfigValue? _resolved;

    /// <summary>Starts an empty document.</summary>
    /// <param name="options">Where files and environment variables come from. Default: disk and process.</param>
    public HoconDocument(HoconOptions? options = null)
    {
        _options = options ?? new HoconOptions();
        _includes = new IncludeLoader(_options.ReadFile);
    }

    /// <summary>Adds a file and what it includes. A relative include is looked for in the folder of the file that has it.</summary>
    /// <param name="path">The file, relative to the working directory. Errors name it as it is given here.</param>
    /// <exception cref="HoconFormatException">The file is missing or not HOCON, or an include cannot be followed.</exception>
    public HoconDocument AddFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Add(path, target => _includes.LoadMain(path, target));
    }

    /// <summary>Adds a text. Its includes need absolute paths, because a text has no folder.</summary>
    /// <param name="text">HOCON.</param>
    /// <param name="name">The name of the text in origins and errors.</param>
    /// <exception cref="HoconFormatException">The text is not HOCON, or an include cannot be followed.</exception>
    public HoconDocument AddText(string text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(name, target => DocumentParser.ParseDocument(new SourceText(text, name), _includes, target));
    }

    /// <summary>Sets one value, over everything that was added before.</summary>
    /// <param name="path">The path of the key, as in <c>server.port</c>.</param>
    /// <param name="value">HOCON; see <see cref="HoconWriter.Quote"/> for plain text.</param>
    /// <param name="source">The source in the value's origin, which has no line: <c>--set server.port=1</c>, for example.</param>
    /// <exception cref="HoconFormatException">The path or the value is malformed.</exception>
    public HoconDocument Set(string path, string value, string source)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return Add(source, target =>
        {
            var keys = KeyParser.ParseAll(new SourceText(path, source, hasLines: false));
            DocumentParser.ParseAssignment(keys, new SourceText(value, source, hasLines: false), _includes, target);
            return target;
        });
    }

    /// <summary>Puts values in the place of substitutions. Nothing can be added afterwards.</summary>
    /// <returns>An object, or an array if the only text of the document is one.</returns>
    /// <exception cref="HoconFormatException">A substitution refers to nothing or to itself.</exception>
    public ConfigValue Resolve() =>
        _resolved ??= TreeBuilder.Build(SubstitutionResolver.Resolve((Node?)_array ?? _root ?? new ObjectNode(default), _options.Environment));

    /// <summary>Puts values in the place of substitutions, in a document whose root has to be an object.</summary>
    /// <exception cref="HoconFormatException">The root is an array, or a substitution refers to nothing or to itself.</exception>
    public ConfigObject ResolveObject() => Resolve() as ConfigObject
        ?? throw new HoconFormatException(_resolved!.Origin, "found an array at the root, expected an object");

    private HoconDocument Add(string? source, Func<ObjectNode, Node> parse)
    {
        if (_resolved is not null)
        {
            throw new InvalidOperationException("The document is resolved; nothing can be added to it.");
        }

        if (_array is not null)
        {
            throw new HoconFormatException(_array.Origin, "found an array at the root, expected an object that others can merge with");
        }

        _root ??= new ObjectNode(new Origin(source, 0));
        if (parse(_root) is ArrayNode array)
        {
            _array = _root.Fields.Count == 0
                ? array
                : throw new HoconFormatException(array.Origin, "found an array at the root, expected an object to merge with the one before");
        }

        return this;
    }
}
