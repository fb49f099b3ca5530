using System.Buffers;
using System.Text.Json;
using System.Text;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j.Http;

public sealed class PlainJsonTests
{
    private static readonly object?[] Values =
    [
        null, "", "名\0\"\\\n\U00020000", true, false, 0L, 1L, -1L, long.MinValue, long.MaxValue, 9_007_199_254_740_993L,
        0.0, 1.0, -5.0, 0.1, 1e22, 1e-300, double.MaxValue, double.Epsilon,
    ];

    [TestCaseSource(nameof(Values))]
    public void AValueComesBackWithItsType(object? value)
    {
        var read = Read(Write(value));
        Assert.That(read, Is.EqualTo(value));
        Assert.That(read?.GetType(), Is.EqualTo(value?.GetType()));
    }

    [Test]
    public void AWholeFloatIsNotWrittenAsAnInteger() => Assert.That(Write(5.0), Is.EqualTo("5.0"));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void WhatIsNoFiniteNumberIsRefused(double value) => Assert.That(() => Write(value), Throws.ArgumentException);

    [Test]
    public void DaysAndInstantsAreTexts()
    {
        Assert.That(Write(new DateOnly(2024, 2, 29)), Is.EqualTo("\"2024-02-29\""));
        Assert.That(Write(new DateTimeOffset(2024, 2, 29, 1, 2, 3, 4, TimeSpan.FromHours(8))), Is.EqualTo("\"2024-02-28T17:02:03.004Z\""));
    }

    [Test]
    public void ListsAndMapsComeBackWholeWhereverTheBufferIsCut()
    {
        var value = new Dictionary<string, object?> { ["list"] = new object?[] { 12345678L, 1.5, "文字", null }, ["map"] = new Dictionary<string, object?> { ["x"] = -1e-7 } };
        var bytes = Encoding.UTF8.GetBytes(Write(value));
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var reader = new Utf8JsonReader(Joined(bytes[..cut], bytes[cut..]));
            reader.Read();
            Assert.That(PlainJson.Read(ref reader), Is.EqualTo(value), $"cut at {cut}");
        }
    }

    private static string Write(object? value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) PlainJson.Write(json, value);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static object? Read(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        reader.Read();
        return PlainJson.Read(ref reader);
    }

    private static ReadOnlySequence<byte> Joined(byte[] first, byte[] second)
    {
        var start = new Part(first, 0);
        var end = new Part(second, first.Length);
        start.Follow(end);
        return new ReadOnlySequence<byte>(start, 0, end, second.Length);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(byte[] bytes, long at) => (Memory, RunningIndex) = (bytes, at);

        public void Follow(Part next) => Next = next;
    }
}
