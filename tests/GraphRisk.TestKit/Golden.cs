using NUnit.Framework;

namespace GraphRisk.TestKit;

/// <summary>
/// Expected texts kept in files. With <c>GRAPHRISK_UPDATE_GOLDEN=1</c> in the environment they are written anew instead of
/// compared; look at the difference before you commit it.
/// </summary>
public static class Golden
{
    /// <summary>Whether expected texts are written instead of compared.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("GRAPHRISK_UPDATE_GOLDEN") == "1";

    /// <summary>Holds a text against a file below the repository's root.</summary>
    public static void Check(string actual, params string[] path)
    {
        var file = Repository.PathOf(path);
        if (Updates) File.WriteAllText(file, actual);
        Assert.That(File.Exists(file), Is.True, $"{file} is missing: GRAPHRISK_UPDATE_GOLDEN=1 writes it.");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(file)), $"{file} says otherwise: GRAPHRISK_UPDATE_GOLDEN=1 accepts the change.");
    }
}
