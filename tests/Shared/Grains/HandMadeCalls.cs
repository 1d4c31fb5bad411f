using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Grains;
using Actors.Grains.Calls;

namespace GrainSamples;

internal static class HandMadeCalls
{
    [ModuleInitializer]
    internal static void Register()
    {
        GrainRegistry.Add(new GrainInterface("counter", typeof(ICounter), reference => throw new NotSupportedException(),
            new GrainMethod("Add", "Add(long n) -> long", false, () => new AddCall()),
            new GrainMethod("Get", "Get() -> long", true, () => new GetCall()),
            new GrainMethod("Fail", "Fail(string message) -> string", false, () => new FailCall()),
            new GrainMethod("Wait", "Wait() -> string", false, () => new WaitCall()),
            new GrainMethod("Echo", "Echo(JsonElement value) -> JsonElement", false, () => new EchoCall())));
        GrainRegistry.Add(new GrainClass(typeof(Counter), typeof(ICounter), parts => new Counter(parts.State<CounterState>())) { HasState = true });
    }

    private sealed class AddCall : GrainCall<long>
    {
        private long _n;
        protected override ValueTask<long> Invoke(object grain, CancellationToken cancel) => new(((ICounter)grain).Add(_n, cancel));
        protected override void WriteArguments(Utf8JsonWriter writer, GrainJson json) => json.Write(writer, _n);
        protected override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) => _n = json.Next<long>(ref reader, "n");
    }

    private sealed class GetCall : GrainCall<long>
    {
        protected override ValueTask<long> Invoke(object grain, CancellationToken cancel) => new(((ICounter)grain).Get());
        protected override void WriteArguments(Utf8JsonWriter writer, GrainJson json) { }
        protected override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) { }
    }

    private sealed class FailCall : GrainCall<string>
    {
        private string _m = "";
        protected override ValueTask<string> Invoke(object grain, CancellationToken cancel) => new(((ICounter)grain).Fail(_m));
        protected override void WriteArguments(Utf8JsonWriter writer, GrainJson json) => json.Write(writer, _m);
        protected override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) => _m = json.Next<string>(ref reader, "message");
    }

    private sealed class WaitCall : GrainCall<string>
    {
        protected override ValueTask<string> Invoke(object grain, CancellationToken cancel) => new(((ICounter)grain).Wait(cancel));
        protected override void WriteArguments(Utf8JsonWriter writer, GrainJson json) { }
        protected override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) { }
    }

    private sealed class EchoCall : GrainCall<JsonElement>
    {
        private JsonElement _v;
        protected override ValueTask<JsonElement> Invoke(object grain, CancellationToken cancel) => new(((ICounter)grain).Echo(_v));
        protected override void WriteArguments(Utf8JsonWriter writer, GrainJson json) => json.Write(writer, _v);
        protected override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) => _v = json.Next<JsonElement>(ref reader, "value");
    }
}
