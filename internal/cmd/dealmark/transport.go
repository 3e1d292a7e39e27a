//go:build !js

package main

import "github.com/dealmark/dealmark/internal/apollo"

func transport() apollo.Transport { return apollo.HTTP{} }
