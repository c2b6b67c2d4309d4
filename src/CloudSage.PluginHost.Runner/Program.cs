using CloudSage.PluginHost.Runner.Child;

// Started by the host that scans; nobody calls it by hand.
return ScanLoop.Run(args);
