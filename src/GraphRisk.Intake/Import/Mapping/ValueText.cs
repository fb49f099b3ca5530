namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Builds a short text on the stack.</summary>
internal ref struct ValueText
{
    private Span<char> text;
    private int length;

    public ValueText(Span<char> initial) => text = initial;

    public void Append(scoped ReadOnlySpan<char> part)
    {
        if (length + part.Length > text.Length)
        {
            var larger = new char[Math.Max(length + part.Length, text.Length * 2)];
            text[..length].CopyTo(larger);
            text = larger;
        }

        part.CopyTo(text[length..]);
        length += part.Length;
    }

    public override readonly string ToString() => text[..length].ToString();
}
