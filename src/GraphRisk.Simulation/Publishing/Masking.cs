namespace GraphRisk.Simulation.Publishing;

/// <summary>How public lists hide identifiers.</summary>
public static class Masking
{
    /// <summary>Keeps the head and the tail; every character between becomes a star.</summary>
    public static string Middle(string number, int head, int tail) =>
        string.Concat(number.AsSpan(0, head), new string('*', number.Length - head - tail), number.AsSpan(number.Length - tail));
}
