using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Grains.Calls;

namespace Actors.Grains.Generator.Tests;

/// <summary>What generated calls do: arguments to JSON and back, and the method of the interface.</summary>
public sealed class CallTests
{
    private static readonly GrainJson s_json = new();

    [Fact]
    public async Task Arguments_are_read_in_the_order_of_the_parameters_without_the_token()
    {
        var grain = new Recorder();
        using var source = new CancellationTokenSource();

        Assert.Equal(7L, await Read<long>("Sum", "[3,4]").Invoke(grain, source.Token));

        Assert.Equal("Sum 3 4", grain.Called);
        Assert.Equal(source.Token, grain.Cancel);
    }

    [Fact]
    public async Task Defaults_stand_for_arguments_that_are_missing_at_the_end()
    {
        var grain = new Recorder();

        await Read<string>("describe-all", """["x"]""").Invoke(grain, default);

        Assert.Equal("x|-1.50|Friday|9|00000000-0000-0000-0000-000000000000|'|-Infinity|1.1|18446744073709551615|-3|||True", grain.Called);
    }

    [Fact]
    public async Task A_default_text_keeps_its_quotes_and_escapes()
    {
        var grain = new Recorder();

        await Read<string>("describe-all", "[]").Invoke(grain, default);

        Assert.StartsWith("a \"b\"\n\\|", grain.Called);
    }

    [Theory]
    [InlineData("""[["a","b"]]""", "Put 2 a b")]
    [InlineData("[[]]", "Put 0 ")]
    [InlineData("[]", "Put 0 ")]
    public async Task A_params_array_is_one_argument_and_empty_when_it_is_missing(string arguments, string called)
    {
        var grain = new Recorder();

        await Read<Nothing>("Put", arguments).Invoke(grain, default);

        Assert.Equal(called, grain.Called);
    }

    [Theory]
    [InlineData("Nothing", "[]")]
    [InlineData("Sum", "[3,4]")]
    [InlineData("Put", """[["a","b"]]""")]
    [InlineData("Get", "[null]")]
    [InlineData("Get", """["\u00E9"]""")]
    [InlineData("describe-all", """["t",1.5,1,null,"c0a80101-0000-0000-0000-000000000001","x",0.5,0.25,7,-1,null,"00:00:01",false]""")]
    public void Arguments_go_through_JSON_and_back(string method, string arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            Read(method, arguments).WriteArguments(writer, s_json);
            writer.WriteEndArray();
        }

        Assert.Equal(arguments, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void A_missing_argument_is_named()
    {
        var missing = Assert.Throws<JsonException>(() => Read("Sum", "[3]"));

        Assert.Contains("\"second\" is missing", missing.Message);
    }

    private static GrainCall<T> Read<T>(string method, string arguments) => Assert.IsAssignableFrom<GrainCall<T>>(Read(method, arguments));

    private static GrainCall Read(string method, string arguments)
    {
        var call = GrainRegistry.FindInterface(typeof(ISample))!.Find(method)!.NewCall();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
        Assert.True(reader.Read());
        call.ReadArguments(ref reader, s_json);
        return call;
    }

    /// <summary>Calls need the interface only.</summary>
    private sealed class Recorder : ISample
    {
        public string Called { get; private set; } = "";

        public CancellationToken Cancel { get; private set; }

        public Task Nothing()
        {
            Called = "Nothing";
            return Task.CompletedTask;
        }

        public Task<long> Sum(long first, CancellationToken cancel, int second)
        {
            Called = $"Sum {first} {second}";
            Cancel = cancel;
            return Task.FromResult(first + second);
        }

        public ValueTask Put(params string[] texts)
        {
            Called = $"Put {texts.Length} {string.Join(' ', texts)}";
            return default;
        }

        public ValueTask<string?> Get(string? @class)
        {
            Called = $"Get {@class}";
            return new ValueTask<string?>(@class);
        }

        public Task<string> Describe(string text, decimal money, DayOfWeek day, DayOfWeek? maybe, Guid id, char unit, double number, float small, ulong large, sbyte negative, string? none, TimeSpan? time, bool truth)
        {
            Called = string.Create(CultureInfo.InvariantCulture, $"{text}|{money}|{day}|{maybe}|{id}|{unit}|{number}|{small}|{large}|{negative}|{none}|{time}|{truth}");
            return Task.FromResult(Called);
        }
    }
}
