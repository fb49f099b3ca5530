using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;

namespace GraphRisk.TestKit;

/// <summary>Ends tests whose means are not on this machine, saying on the console why, once for each reason.</summary>
public static class Skip
{
    private static readonly ConcurrentDictionary<string, bool> Said = new(StringComparer.Ordinal);

    /// <summary>Ends the test as skipped. Not inside <c>Assert.Multiple</c>.</summary>
    /// <param name="reason">What is missing, as a sentence.</param>
    [DoesNotReturn]
    public static void Because(string reason)
    {
        if (Said.TryAdd(reason, true)) TestContext.Progress.WriteLine($"Tests are skipped: {reason}");
        Assert.Ignore(reason);
        throw new InvalidOperationException(reason);
    }
}
