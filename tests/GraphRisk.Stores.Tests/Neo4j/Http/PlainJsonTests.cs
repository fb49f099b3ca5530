using System.Text;
using System.Text.Json;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j.Http;

/// <summary>Parameters that a server reads back with the types they had.</summary>
public sealed class PlainJsonTests
{
    [TestCase(null, "null")]
    [TestCase(true, "true")]
    [TestCase(1, "1")]
    [TestCase(long.MinValue, "-9223372036854775808")]
    [TestCase(9_007_199_254_740_993L, "9007199254740993")]
    [TestCase(5.0, "5.0")]
    [TestCase(-0.25, "-0.25")]
    [TestCase(2077718.25, "2077718.25")]
    [TestCase(1e22, "1E+22")]
    [TestCase(double.Epsilon, "5E-324")]
    public void AWholeFloatIsNoIntegerAndNoDigitIsLost(object? value, string text) => Assert.That(Write(value), Is.EqualTo(text));

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
    public void ListsAndMapsHoldTheSame() =>
        Assert.That(
            Write(new Dictionary<string, object?> { ["list"] = new object?[] { 1L, 1.0, "x\0\"", null }, ["map"] = new Dictionary<string, object?>() }),
            Is.EqualTo("""{"list":[1,1.0,"x\u0000\u0022",null],"map":{}}"""));

    private static string Write(object? value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) PlainJson.Write(json, value);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
