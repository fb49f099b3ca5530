using System.Text.Json;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// What a running server knows of the revocations in a file. Each question looks at the file's length first and reads what
/// was added, so a revocation counts from the next request on. A file that was cut, or that cannot be understood, stops all
/// signing in: what was revoked in it is not known. Thread-safe.
/// </summary>
internal sealed class Revocations(string path)
{
    private readonly Lock gate = new();
    private readonly FileInfo file = new(path);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> subjects = new(StringComparer.Ordinal);
    private DateTimeOffset everyone = DateTimeOffset.MinValue;
    private long read;

    /// <summary>Whether a token was revoked. One that does not say when it was issued counts as older than any instant.</summary>
    /// <exception cref="SignInUnavailableException">What was revoked cannot be told.</exception>
    public bool Cover(SignedToken token)
    {
        lock (gate)
        {
            Follow();
            var issued = token.IssuedAt ?? DateTimeOffset.MinValue;
            return (token.Id is { } id && ids.Contains(id))
                || (everyone > DateTimeOffset.MinValue && issued < everyone)
                || IsOlder(token.Subject, issued)
                || IsOlder(token.Viewer.Of, issued);
        }
    }

    private bool IsOlder(string? subject, DateTimeOffset issued) =>
        subject is not null && subjects.TryGetValue(subject, out var before) && issued < before;

    private void Follow()
    {
        try
        {
            file.Refresh();
            var length = file.Exists ? file.Length : 0;
            if (length == read) return;
            if (length < read) throw new SignInUnavailableException($"{path} was cut; put it back as it was, or restart to go on without what it said.");
            ReadOn();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignInUnavailableException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    // A line without its end is still being written.
    private void ReadOn()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = read;
        var added = new byte[stream.Length - read];
        stream.ReadExactly(added);
        for (int start = 0, end; (end = added.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1)
        {
            Take(added.AsSpan(start, end));
            read += end + 1;
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        try
        {
            Take(Revocation.OfLine(line));
        }
        catch (JsonException fault)
        {
            throw new SignInUnavailableException($"{path} is damaged at byte {read}: {fault.Message}", fault);
        }
    }

    private void Take(Revocation revocation)
    {
        if (revocation.Id is { } id) ids.Add(id);
        else if (revocation.Subject is { } subject) subjects[subject] = Later(subjects.GetValueOrDefault(subject), revocation.Before!.Value);
        else everyone = Later(everyone, revocation.Before!.Value);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
