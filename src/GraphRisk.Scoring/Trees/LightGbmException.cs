using System.Runtime.InteropServices;

namespace GraphRisk.Scoring.Trees;

/// <summary>LightGBM refused a call: a parameter it does not know, a matrix of the wrong width, a broken model text.</summary>
public sealed class LightGbmException : Exception
{
    public LightGbmException(string message) : base(message)
    {
    }

    /// <summary>Turns a non-zero return code into an exception carrying LightGBM's own words.</summary>
    internal static void ThrowOnFailure(int code)
    {
        if (code != 0)
            throw new LightGbmException(Marshal.PtrToStringUTF8(LightGbmNative.GetLastError()) ?? "LightGBM failed without a message");
    }
}
