/// <reference types="leaf-worklet/react" />
