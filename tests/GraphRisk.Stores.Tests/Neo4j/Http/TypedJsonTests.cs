using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j.Http;

/// <summary>Values come back from typed JSON as they were written, wherever the network cut the bytes.</summary>
public sealed class TypedJsonTests
{
    private static readonly object?[] Values =
    [
        null, true, false, 0L, -1L, long.MinValue, long.MaxValue, 0d, -0.5, 2077718.25, 1e300, double.Epsilon, double.NaN, double.PositiveInfinity,
        "", "x", "甲公司", "\"\\\n\u0001", "\U00020000", new string('长', 40), "Integer", "12", new DateOnly(2024, 2, 29),
        new DateTimeOffset(2024, 6, 30, 12, 0, 0, 123, TimeSpan.Zero),
    ];

    [Test]
    public void EveryValueComesBack()
    {
        foreach (var value in Values)
            foreach (var bytes in Cut(Write(value))) Assert.That(Read(bytes), Is.EqualTo(value), $"{value}");
    }

    [Test]
    public void MapsAndListsComeBack()
    {
        var row = new Dictionary<string, object?> { ["list"] = Values, ["empty"] = Array.Empty<object?>(), ["map"] = new Dictionary<string, object?> { ["名"] = 1L } };
        foreach (var bytes in Cut(Write(row)))
        {
            var read = (IReadOnlyDictionary<string, object?>)Read(bytes)!;
            Assert.That(read["list"], Is.EqualTo(Values));
            Assert.That(read["empty"], Is.EqualTo(Array.Empty<object?>()));
            Assert.That(read["map"], Is.EqualTo(row["map"]));
        }
    }

    [Test]
    public void ManyTextsOfOneLengthAreNotTakenForOneAnother()
    {
        for (var i = 0; i < 50_000; i++)
        {
            var text = $"registry:P{i:000000}";
            Assert.That(Read(new ReadOnlySequence<byte>(Write(text))), Is.EqualTo(text));
        }
    }

    [TestCase("""{"$type":"Whole","_value":"1"}""", typeof(JsonException))]
    [TestCase("""{"$type":"Integer","_value":1}""", typeof(JsonException))]
    [TestCase("""{"$type":"Integer","_value":"1x"}""", typeof(FormatException))]
    [TestCase("""{"$type":"Integer","_value":"9223372036854775808"}""", typeof(OverflowException))]
    [TestCase("""{"$type":"Float","_value":"1.5.2"}""", typeof(FormatException))]
    [TestCase("""{"_value":"1","$type":"Integer"}""", typeof(JsonException))]
    [TestCase("""{"$type":"Null"}""", typeof(JsonException))]
    [TestCase("""{"$type":"Map","_value":[]}""", typeof(JsonException))]
    public void WhatIsNoValueIsRefused(string text, Type error) =>
        Assert.That(() => Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text))), Throws.TypeOf(error));

    private static byte[] Write(object? value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) TypedJson.Write(json, value);
        return buffer.ToArray();
    }

    private static object? Read(ReadOnlySequence<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        json.Read();
        return TypedJson.Read(ref json);
    }

    /// <summary>The bytes whole, and cut in two at every place.</summary>
    private static IEnumerable<ReadOnlySequence<byte>> Cut(byte[] bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        for (var at = 1; at < bytes.Length; at++)
        {
            var first = new Segment(bytes.AsMemory(0, at), null);
            var last = new Segment(bytes.AsMemory(at), first);
            yield return new ReadOnlySequence<byte>(first, 0, last, bytes.Length - at);
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
