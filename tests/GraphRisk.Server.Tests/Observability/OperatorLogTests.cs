using System.Text.Json;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Tests.Http;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Tests.Observability;

/// <summary>Lines of a log: one an event, whatever it says, and of a fault no word that somebody asked or was told.</summary>
public sealed class OperatorLogTests
{
    private static readonly EventId Event = new(7, "asked");

    [TestCase(LogFormat.Json)]
    [TestCase(LogFormat.Text)]
    public void AFaultIsToldByItsKindsAndMethods(LogFormat format)
    {
        var line = Written(format, logger =>
        {
            try
            {
                try
                {
                    _ = int.Parse("13800138999x", null);
                }
                catch (FormatException inner)
                {
                    throw new InvalidOperationException("张三 cannot be read\nat all", inner);
                }
            }
            catch (InvalidOperationException fault)
            {
                logger.Log(LogLevel.Error, Event, "failed", fault, (state, _) => state);
            }
        });
        Assert.That(line, Does.Contain("InvalidOperationException").And.Contain("caused by FormatException").And.Contain(nameof(AFaultIsToldByItsKindsAndMethods)));
        Assert.That(line, Does.Not.Contain("张三").And.Not.Contain("13800138999"));
        Assert.That(line.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public void WhatAFileCouldNotDoIsToldInItsWords() =>
        Assert.That(
            Written(LogFormat.Json, logger => logger.Log(LogLevel.Error, Event, "failed", new IOException("No space left on device : '/data/x'"), (state, _) => state)),
            Does.Contain("No space left on device : '/data/x'"));

    [Test]
    public void EventsAreOneObjectInTheOrderOfTheirMessageAndThoseBelowTheLeastAreLeftOut()
    {
        KeyValuePair<string, object?>[] state = [new("Rows", 3L), new("Purpose", null), new("Role", "broker"), new("{OriginalFormat}", "{Role} {Purpose} {Rows}")];
        var line = Written(LogFormat.Json, logger =>
        {
            logger.Log<IReadOnlyList<KeyValuePair<string, object?>>>(LogLevel.Debug, Event, state, null, (_, _) => "left out");
            logger.Log<IReadOnlyList<KeyValuePair<string, object?>>>(LogLevel.Information, Event, state, null, (_, _) => "told");
        });
        Assert.That(JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}").Skip(1), Is.EqualTo(new[] { "level=information", "event=asked", "role=broker", "rows=3" }));
    }

    [Test]
    public void ASentenceOfAPartIsALineOfTheSameLog()
    {
        using var to = new StringWriter();
        using var log = new OperatorLog(to, LogFormat.Json, LogLevel.Information, TinyServer.Clock);
        log.AsWriter().WriteLine("The store is back.");
        log.AsWriter().Write("Two\nlines\n");
        Assert.That(
            to.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()),
            Is.EqualTo(new[] { "The store is back.", "Two", "lines" }));
    }

    private static string Written(LogFormat format, Action<ILogger> write)
    {
        using var to = new StringWriter();
        using var log = new OperatorLog(to, format, LogLevel.Information, TinyServer.Clock);
        write(log.CreateLogger("GraphRisk.Server"));
        return to.ToString();
    }
}
