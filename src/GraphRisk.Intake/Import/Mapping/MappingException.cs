namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A mapping contradicts itself or the schema; the message names file and line.</summary>
public sealed class MappingException : Exception
{
    public MappingException(string file, long line, string reason)
        : base($"{file}:{line}: {reason}") => (File, Line) = (file, line);

    /// <summary>The mapping's file.</summary>
    public string File { get; }

    /// <summary>Line from 1.</summary>
    public long Line { get; }
}
